"""The time axis of one patient: when everything was, counted from the delivery and from the main treatment.

`moments` says what a telling may add, `axis` holds events a known number of days apart, `walk` goes through
a telling in order, `timeline` answers when a result was. All of it is pure: values in, values out.
"""
