"""Words whose level in the word list is wrong for speech, decided by hand for this project.

The list was derived from written frequency, so that everyday spoken words, international words and names come out as
rare. `None` says: a name or a mark, which shows nothing about a level.
"""

from lexis.models import Level

_BY_LEVEL: dict[Level, str] = {
    "A1": """
        hello hi bye goodbye okay yes no please thanks wow hey yay january february march april may june july august
        september october november december monday tuesday wednesday thursday friday saturday sunday spring summer
        autumn winter tennis football basketball hobby tea coffee hat sofa lady gentleman mister lake jacket jeans
        hamburger sandwich pizza sushi christmas o'clock can't cannot mum mom dad grandma grandpa website internet
        smartphone cellphone japan china england america france germany italy spain english lion panda robot t-shirt
        noodle noodles cousin bell prince taxi am is are was were be been being not i im the a an to of
    """,
    "A2": """
        yen euro dollar online app blog laptop video selfie emoji wifi snowboard snowboarding chopsticks noodle
        homestay violin temple souvenir tourist mall karaoke elbow dolphin sneaker sneakers homework dining anytime
        motorbike chess orchestra cabin palace website homepage hamster visa typhoon café grocery kindergarten
        scooter friendly madam farewell shrimp
    """,
    "B1": """
        podcast download upload streaming influencer vlog startup deadline workaholic homesick stressful hangover
        part-time full-time marathon variety cuisine aquarium allergy cosmetics makeup handmade homemade roommate
        colleague colleagues environment clash amateur tutorial internship freelance chilly cliché naïve fiancé
    """,
}

_NAMES = """
    tokyo kyoto osaka london paris york asia europe africa australia canada india korea thailand taiwan vietnam
    indonesia malaysia singapore mexico brazil russia hawaii california washington boston chicago seattle harry john
    mary tom ken bob mike maria anna google facebook instagram youtube tiktok netflix twitter whatsapp zoom covid
    hong kong los las san francisco angeles vegas nike sony disney disneyland toyota bali guam zealand fuji alta
    harajuku shibuya shinjuku
"""


def _table() -> dict[str, Level | None]:
    table: dict[str, Level | None] = dict.fromkeys(_NAMES.split())
    for level, entries in reversed(_BY_LEVEL.items()):
        table.update(dict.fromkeys(entries.split(), level))
    return table


OVERRIDES = _table()
