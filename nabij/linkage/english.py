"""Names and addresses as they are written and heard in English."""

from .rules import Rules, families

SMALL_WORDS = frozenset(["van", "de", "der", "den", "von", "di", "da", "du", "del", "la", "le", "el", "al", "bin", "ben", "st", "saint"])

SOUNDS = {
    "augh": "a", "ough": "o", "eigh": "i", "igh": "i", "ae": "e", "ai": "i", "ay": "i", "ea": "i", "ee": "i", "ei": "i", "ey": "i",
    "ie": "i", "y": "i", "oo": "u", "ou": "u", "ow": "u", "au": "a", "aw": "a",
    "mc": "mak", "mac": "mak", "ph": "f", "gh": "g", "gn": "n", "kn": "n", "wr": "r", "wh": "w", "ck": "k", "sch": "sk", "sh": "s",
    "ch": "s", "ce": "se", "ci": "si", "cy": "si", "c": "k", "q": "k", "qu": "kw", "x": "ks", "z": "s", "th": "t", "dg": "g", "j": "g",
    "v": "f", "tch": "s",
}  # fmt: skip

FAMILIES = families("""
william bill will billy willy liam wil
robert bob rob bobby robbie bert
richard dick rick rich ricky
james jim jimmy jamie jem
john jack johnny jon jonathan
jonathan jon jonny nathan
joseph joe joey
joshua josh
thomas tom tommy
charles charlie chuck chas
edward ed eddie ted ned teddy
elizabeth liz beth betty lizzie eliza lisa bess elspeth
margaret maggie meg peggy marge rita greta
mary molly polly marie mae
katherine catherine kate katie kathy cathy kathryn cath kit
alexander alex sandy alec xander lex
alexandra alex sandra lexi alexa
andrew andy drew
anthony tony ant
benjamin ben benny benji
christopher chris kit topher
christine chris tina christina kristina
daniel dan danny
david dave davey
deborah deb debbie
dorothy dot dolly dottie
frances fran fanny
francis frank fran
frederick fred freddie
gregory greg
harold harry hal
henry harry hank hal
jacqueline jackie
jennifer jen jenny
jessica jess jessie
kenneth ken kenny
kimberley kim kimberly
lawrence larry laurie laurence
leonard len lenny
matthew matt matty
michael mike mick mickey
nicholas nick nicky nicolas
nicola nicky nicole nikki
pamela pam
patricia pat patty tricia trish
patrick pat paddy
peter pete
philip phil phillip pip
raymond ray
rebecca becky becca
ronald ron ronnie
samuel sam sammy
samantha sam sammy
sarah sally sara sadie
stephen steve steven stevie
susan sue susie suzanne
theodore ted theo teddy
timothy tim timmy
victoria vicky tori
vincent vince
walter walt wally
zachary zach zac zachariah
abigail abby gail
amanda mandy
isabella bella izzy isabelle isabel
olivia liv livvy
emily em emmy
""")

STREET_WORDS = {
    "st": "street", "str": "street", "rd": "road", "ave": "avenue", "av": "avenue", "pl": "place", "cct": "circuit", "cres": "crescent",
    "cr": "crescent", "ct": "court", "crt": "court", "dr": "drive", "drv": "drive", "cl": "close", "la": "lane", "ln": "lane",
    "tce": "terrace", "ter": "terrace", "sq": "square", "hwy": "highway", "pde": "parade", "blvd": "boulevard", "gr": "grove",
    "mt": "mount", "pkwy": "parkway",
}  # fmt: skip

ENGLISH = Rules(
    language="en",
    small_words=SMALL_WORDS,
    sounds=SOUNDS,
    families=FAMILIES,
    street_words=STREET_WORDS,
    day_first=True,
)
