"""Frequent misspellings of learners: forms that are no English words at all."""

from typing import Final

MISSPELLINGS: Final = {
    wrong: right
    for right, forms in {
        "tomatoes": "tomatos", "potatoes": "potatos", "because": "becouse becuase beacause becaus becouze beacuse becausse",
        "definitely": "definately definitly definatly", "which": "wich", "beautiful": "beautifull beatiful beutiful beautifful bautiful",
        "really": "realy realley", "tomorrow": "tommorow tomorow tommorrow", "friend": "freind frend", "friends": "freinds frends",
        "receive": "recieve", "believe": "beleive belive", "until": "untill", "different": "diffrent diferent diffrant",
        "difficult": "dificult difficut diffcult", "interesting": "intresting intersting interessting intereting",
        "favourite": "favorit favourit favorate", "restaurant": "restaurent restorant resturant restaurat restourant",
        "government": "goverment", "environment": "enviroment enviromment", "with": "whith wiht", "their": "thier", "a lot": "alot",
        "always": "allways alwais", "sometimes": "somtimes sometims", "usually": "usualy ussually", "especially": "especialy",
        "finally": "finaly", "normally": "normaly", "actually": "actualy", "family": "familly famaly", "necessary": "neccessary necesary",
        "beginning": "begining", "writing": "writting", "studying": "studing", "studied": "studyed", "coming": "comming",
        "swimming": "swiming", "shopping": "shoping", "stopped": "stoped", "apartment": "appartment apartament", "address": "adress",
        "business": "bussiness busines bussines", "colleague": "collegue colegue", "colleagues": "collegues colegues",
        "comfortable": "confortable comfortabel", "example": "exemple", "experience": "experiance expirience",
        "happened": "happend", "happiness": "hapiness", "knowledge": "knowlege", "language": "langage languaje lenguage",
        "languages": "langages languajes lenguages", "little": "litle", "people": "peopel poeple pepole peaple", "possible": "posible",
        "probably": "probaly probabily", "professional": "profesional", "pronunciation": "pronounciation", "separate": "seperate",
        "successful": "succesful successfull sucessful", "surprise": "suprise", "technology": "tecnology tecnologie",
        "truly": "truely", "yesterday": "yesturday yestarday yesteday", "written": "writen", "helpful": "helpfull", "useful": "usefull",
        "careful": "carefull", "wonderful": "wonderfull", "peaceful": "peacefull", "English": "inglish englich", "vegetables": "vegetabels",
        "Wednesday": "wendsday wensday", "weather": "wheather", "foreign": "foriegn", "important": "importent inportant",
        "together": "togheter toghether", "enough": "enought", "through": "throught", "breakfast": "breakfest",
        "delicious": "delicius delicous", "expensive": "expencive", "grandmother": "grandmather", "holiday": "holliday",
        "holidays": "hollidays", "neighbour": "neigbour neighboor", "opportunity": "oportunity", "university": "univercity",
        "kitchen": "kitchin", "money": "mony", "birthday": "birtday birthsday", "brother": "brather", "married": "maried",
    }.items()
    for wrong in forms.split()
}  # fmt: skip
