"""Procedures that no fixed name tells: operations by their ending, screws and cement, biopsies, panels."""

from __future__ import annotations

import re

from extractors.language.atoms import ATOMS
from extractors.procedures.vocabulary import FIXATION, SURGERY, Name
from extractors.rules.book import Book
from extractors.rules.rule import Rule

_ENDINGS = (
    r"ectom(?:y|ies)|[a-z]otom(?:y|ies)|[a-z]ostom(?:y|ies)|arthroplast(?:y|ies)|valvuloplasty|"
    r"orrhaph(?:y|ies)|arthrodes[ie]s|[a-z]opex(?:y|ies)|"
    r"(?<!angi)(?<!valvul)(?<!vertebr)(?<!kyph)(?<!sacr)(?<!spondyl)(?<!ne)(?<!bronch)oplast(?:y|ies)"
)
#: They end so and are no operation, or one of a birth, or stand in names.csv.
_NO_OPERATION = (
    r"(?!(?:phlebo|venesec|episio|veno|dicho|ana|strabo|lobotomi|pulpo|amnio|myringo|tracheostomyt|"
    r"post\w|thrombectomyt|embol|corp|vertebr|lamin|(?:micro)?dis[ck]|foramin|hemilamin|oper|"
    r"thrombectom|atherectom|vascular)\w*)"
)
_GENE = r"(?:lrp[456]|wnt\w+|col1a[12]|col3a1|alpl|pls3|esr1|vdr|casr|cyp\w+|bmp\w+|sost|fkbp10|serpin\w+)"


def _operation(match: re.Match[str]) -> Name:
    word = match["name"]
    single = word[:-3] + "y" if word.endswith("ies") else re.sub(r"eses$", "esis", word)
    return Name("other surgery", "act", single)


def _told(procedure: str, kind: str = "act", detail: str = "") -> Name:
    return Name(procedure, kind, detail)


BOOK = Book(
    "procedures",
    (
        Rule(
            "operation by its ending",
            r"(?<![a-z-])"
            + _NO_OPERATION
            + rf"(?P<name>[a-z-]{{2,}}(?:{_ENDINGS}))\b(?! tubes?\b| scars?\b)",
            _operation,
            says={
                "A cholecystectomy was performed.": _told("other surgery", detail="cholecystectomy"),
                "She had two myomectomies.": _told("other surgery", detail="myomectomy"),
            },
            silent=("Phlebotomy was done.", "An episiotomy was made.", "There was no dichotomy."),
        ),
        Rule(
            "cement injected",
            r"\b(?:(?:bone |acrylic )?cement|polymethyl ?methacrylate|pmma)\b[^.;]{0,40}? "
            r"(?:was|were|had been) (?:\w+ly )?(?:injected|introduced|instilled|applied|delivered|placed)\b"
            r"|\b(?:injection|injected|instillation|introduction|augmentation)\b"
            r"(?: (?!no |not )[\w,-]+){0,5}? (?:of|with) (?:\w+ )?"
            r"(?:(?:bone |acrylic )?cement|polymethyl ?methacrylate|pmma)\b",
            lambda match: _told("vertebroplasty", detail="vertebroplasty"),
            says={
                "Bone cement was injected into T12.": _told("vertebroplasty", detail="vertebroplasty"),
                "The body was augmented by injection of bone cement.": _told(
                    "vertebroplasty", detail="vertebroplasty"
                ),
            },
            silent=("The cement was hard.", "Contrast was injected."),
        ),
        Rule(
            "fixed with metal",
            r"\b(?:fixed|stabili[sz]ed|pinned|nailed|plated|internally fixed|treated|repaired|reduced)\b"
            r"(?: [\w-]+){0,4}? (?:with|by|using) (?:[\w-]+ ){0,5}?"
            r"(?:screws?|nails?|pins?|plates?|rods?|wires?|fixator|k-wires?)\b",
            lambda match: _told(SURGERY, detail=FIXATION),
            says={
                "The hip was fixed with three cannulated screws.": _told(SURGERY, detail="internal fixation"),
                "It was stabilised using an intramedullary nail.": _told(SURGERY, detail="internal fixation"),
            },
            silent=("She was treated with calcium.", "She was fixed on the idea.", "A screw was found."),
        ),
        Rule(
            "surgically treated",
            r"\bsurgically (?:\w+ )?(?:treated|fixed|stabili[sz]ed|removed|excised|resected|repaired|"
            r"decompressed|managed|corrected|drained|explored|debrided)\b"
            r"|\b(?:treated|fixed|stabili[sz]ed|removed|excised|resected|repaired|decompressed|managed) "
            r"surgically\b",
            lambda match: _told(SURGERY),
            says={
                "The fracture was treated surgically.": _told(SURGERY),
                "It was surgically removed.": _told(SURGERY),
            },
            silent=("It was surgically relevant.", "She was treated medically."),
        ),
        Rule(
            "cut out or explored",
            r"\b(?:(?:transurethral|laparoscopic|thoracoscopic|arthroscopic|surgical|operative|open|radical|"
            r"total|subtotal|segmental|wide|en[ -]bloc|bowel|colonic|intestinal|ileocolic|ileoca?ecal|"
            r"hepatic|"
            r"liver|gastric|lung|tubal|(?:trans)?sphenoidal|transhiatal|palliative) (?:\w+ )?"
            r"(?:resection|excision|exploration|ligation|debridement|drainage|evacuation|decompression)"
            r"|(?:resection|excision|amputation|surgical (?:repair|drainage|debridement)) of"
            r"(?= (?:the|her|his|an?|both|left|right|all)\b)"
            r"|(?:inguinal|scrotal|neck|abdominal|emergency|urgent) exploration)(?<!mucosal resection)"
            r"|\b(?:was|were|had to be|been) (?:then |\w+ly |completely ){0,2}(?:excised|amputated|"
            r"resected)\b"
            r"(?! (?:endoscopic|colonoscopic))",
            lambda match: _told(SURGERY),
            says={
                "A transurethral resection was performed.": _told(SURGERY),
                "Surgical exploration showed a cyst.": _told(SURGERY),
                "The tumour was completely excised.": _told(SURGERY),
                "Resection of the left kidney was undertaken.": _told(SURGERY),
            },
            silent=(
                "Endoscopic mucosal resection was done.",
                "The resection margins were clear.",
                "Exploration of the causes went on.",
            ),
        ),
        Rule(
            "organ repaired or removed",
            r"\b(?:hernias?|tendons?|ligaments?|aneurysms?|defects?|fistulas?|perforations?|ruptures?|"
            r"valves?) "
            r"(?:was|were|had been) (?:then |\w+ly ){0,2}(?:repaired|clipped|closed|reconstructed|sutured|"
            r"replaced)\b"
            r"|\b(?:adenomas?|tumou?rs?|mass(?:es)?|cysts?|spleen|gall ?bladder|appendix|uterus|ovar(?:y|"
            r"ies)|"
            r"kidney|thymus|gland|fibroids?|myomas?|implants?|prosthesis|breast|testis|testicle|metalwork) "
            r"(?:was|were|had been) (?:then |\w+ly |en bloc ){0,2}(?:removed|enucleated|extirpated|"
            r"marsupiali[sz]ed)\b"
            r"(?![^.;]{0,40}?(?:endoscop|colonoscop|hysteroscop|bronchoscop|snare|forceps))"
            r"|\bha?ematomas? (?:was|were|had been) (?:then |\w+ly ){0,2}evacuated\b"
            r"|\bincision and drainage\b|\bmarsupiali[sz]ation\b|\b(?:ventriculo-?peritoneal|vp|"
            r"ventriculo-?atrial|portosystemic) "
            r"shunt "
            r"(?:was |had been )?(?:\w+ly )?(?:placed|inserted|placement|insertion|surgery)\b"
            r"|(?<!under )(?<!by )(?<!via )(?<!through )(?<!using )(?<!with )(?<!during )"
            r"\b(?:laparoscopy|arthroscopy|thoracoscopy)\b"
            r"|\bwhipple(?:'s)? (?:procedure|operation|resection)\b",
            lambda match: _told(SURGERY),
            says={
                "The hernia was repaired.": _told(SURGERY),
                "The parathyroid adenoma was then removed.": _told(SURGERY),
                "The haematoma was evacuated.": _told(SURGERY),
                "Incision and drainage was done.": _told(SURGERY),
            },
            silent=(
                "The mass was biopsied.",
                "The drain was removed.",
                "The mass was removed with an endoscopic snare.",
                "It was removed by laparoscopy.",
            ),
        ),
        Rule(
            "organ transplanted",
            r"\b(?:kidney|renal|liver|hepatic|heart|cardiac|lung|pancrea(?:s|tic)|corneal|skin) "
            r"(?:transplant(?:ation)?|graft(?:ing)?)\b(?! (?:recipients?|patients?|rejection|function|list|"
            r"candidates?|dysfunction|loss|survival|failure|biops\w+|cent\w+|team|unit|physicians?|medicine|"
            r"versus|host))",
            lambda match: _told("other surgery", "loose", "transplantation"),
            says={
                "She underwent kidney transplantation.": _told("other surgery", "loose", "transplantation")
            },
            silent=("She was a renal transplant recipient.", "Bone marrow transplantation was done."),
        ),
        Rule(
            "biopsy of a bone",
            r"\b(?:biops(?:y|ies)|biopsied)\b(?: (?:specimens?|samples?|was|were|taken|obtained|performed|"
            r"done|"
            r"from|of|at|on|in|the|a|an|left|right|anterior|posterior|core|bony|body|bodies|level|"
            r"its)){1,7}? "
            r"(?:(?:vertebra|bone|iliac|ilium|sacr|femoral (?:head|neck)|rib|femur|tibia|pelvi)\w*|"
            r"(?:t(?:1[0-2]|[1-9])|th(?:1[0-2]|[1-9])|l[1-5]|d(?:1[0-2]|[1-9]))\b)(?! marrow\b)",
            lambda match: _told("bone biopsy", detail="bone biopsy"),
            says={
                "A biopsy of the L2 vertebra was benign.": _told("bone biopsy", detail="bone biopsy"),
                "Biopsy was taken from the iliac crest.": _told("bone biopsy", detail="bone biopsy"),
            },
            silent=("A biopsy of the liver was taken.", "A biopsy of the bone marrow was taken."),
        ),
        Rule(
            "bone was biopsied",
            r"\b(?:vertebral|iliac|sacral|spinal|transpedicular|bone)(?: [\w-]+){0,3}? "
            r"(?:needle |core |open )?biops(?:y|ies)\b(?<!marrow biopsy)(?<!marrow biopsies)",
            lambda match: _told("bone biopsy", detail="bone biopsy"),
            says={"A sacral core needle biopsy was benign.": _told("bone biopsy", detail="bone biopsy")},
            silent=("A bone marrow biopsy was done.", "A liver biopsy was done."),
        ),
        Rule(
            "panel of genes",
            r"\bpanels? (?:of|with|for|containing|covering|comprising|including|that) (?:[\w-]+ "
            r"){0,4}?genes?\b"
            r"|\b(?:\d+|{number word})[- ]genes?[- ](?:\w+ )?panels?\b"
            r"|\bgenes?\b[^.;]{0,40}? (?:was|were) (?:\w+ly )?(?:sequenced|analy[sz]ed|screened|tested)\b",
            lambda match: _told("genetic test", detail="gene panel"),
            says={
                "A panel of 40 bone genes was normal.": _told("genetic test", detail="gene panel"),
                "A 12-gene panel was ordered.": _told("genetic test", detail="gene panel"),
                "The two genes were sequenced.": _told("genetic test", detail="gene panel"),
            },
            silent=("A panel of experts met.", "Her genes were good."),
        ),
        Rule(
            "gene sequenced",
            rf"\b(?:sequencing|sequence analysis|screening|analysis|testing|mutations? analysis) "
            rf"(?:of|for|in) (?:the |all |mutations? (?:in|of) (?:the )?)?(?:[\w-]+ ){{0,4}}?(?:genes?|"
            rf"{_GENE})\b"
            rf"|\b{_GENE}(?:,? (?:and |/ ?)?{_GENE}){{0,5}} (?:genes? )?"
            r"(?:sequencing|testing|analysis|screening|was sequenced|were sequenced|was tested|were tested)\b"
            rf"|\btested for (?:[\w-]+ )?{_GENE}",
            lambda match: _told("genetic test", detail="sequencing"),
            says={
                "Sequencing of the LRP5 gene was normal.": _told("genetic test", detail="sequencing"),
                "LRP5 and WNT1 were sequenced.": _told("genetic test", detail="sequencing"),
            },
            silent=("Analysis of the urine was normal.", "The sequence of events"),
        ),
    ),
    ATOMS,
)
