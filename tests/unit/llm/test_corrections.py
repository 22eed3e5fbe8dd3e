import pytest

from llm.examiner.corrections import Slip, slips_in

SLIPS = {
    "I am agree with you": Slip("I am agree", "I agree"),
    "I'm not agree": Slip("I'm not agree", "I don't agree"),
    "She don't like tea": Slip("She don't", "She doesn't"),
    "people is friendly": Slip("people is", "people are"),
    "I know that some people is friendly": Slip("people is", "people are"),
    "It is more better": Slip("more better", "better"),
    "I need some informations": Slip("informations", "information"),
    "It depends of the weather": Slip("depends of", "depends on"),
    "Can he explain me the rule": Slip("explain me", "explain to me"),
    "I have 20 years old": Slip("I have 20 years old", "I am 20 years old"),
    "I live here since three years": Slip("I live here since three years", "I have lived here for three years"),
    "I didn’t went there": Slip("didn't went", "didn't go"),
    "I listen music": Slip("listen music", "listen to music"),
    "My brother says he have a car": Slip("he have", "he has"),
    "she like dancing": Slip("she like", "she likes"),
    "I can to swim": Slip("can to swim", "can swim"),
    "I look forward to see you": Slip("look forward to see", "look forward to seeing"),
    "I made a photo of it": Slip("made a photo", "took a photo"),
    "I no like fish": Slip("I no like", "I don't like"),
}
GRAVEST = {
    "yesterday I have went to the market and buyed tomatos": Slip("I have went", "I went"),
    "I have went there": Slip("I have went", "I have gone"),
    "She has ate it": Slip("She has ate", "She has eaten"),
    "I've saw that film": Slip("I've saw", "I've seen"),
    "I didn't went": Slip("didn't went", "didn't go"),
    "he don't like it": Slip("he don't", "he doesn't"),
    "I live here since ten years": Slip("I live here since ten years", "I have lived here for ten years"),
    "I play football since ten years": Slip("I play football since ten years", "I have played football for ten years"),
    "in the last year I go to Spain": Slip("I go", "I went"),
    "people is nice": Slip("people is", "people are"),
    "I must to go": Slip("must to go", "must go"),
    "it depend of the weather": Slip("it depend", "it depends"),
    "I am married with a doctor": Slip("married with", "married to"),
    "we discuss about it": Slip("discuss about", "discuss"),
    "I make sport": Slip("make sport", "do sport"),
    "I am 20 years": Slip("20 years", "20 years old"),
    "I have 20 years": Slip("I have 20 years", "I am 20 years old"),
    "I go there every days": Slip("every days", "every day"),
    "another people": Slip("another people", "other people"),
    "there are much people": Slip("much people", "many people"),
    "the most easiest": Slip("most easiest", "easiest"),
    "I want to can speak": Slip("to can speak", "to be able to speak"),
    "I go for to buy bread": Slip("for to buy", "to buy"),
    "he go to school": Slip("he go", "he goes"),
    "she have a dog": Slip("she have", "she has"),
    "there is many shops": Slip("there is many", "there are many"),
    "I don't know nothing": Slip("know nothing", "know anything"),
    "it was definately beautifull": Slip("definately", "definitely", spelling=True),
    "when I was a child I play football": Slip("I play", "I played"),
    "I like swim in the sea": Slip("I like swim", "I like swimming"),
    "I want go to Japan": Slip("I want go", "I want to go"),
    "I have two brother and one sister": Slip("two brother", "two brothers"),
    "my mother work in a bank": Slip("my mother work", "my mother works"),
    "last week I have seen a film": Slip("I have seen", "I saw"),
    "I have seen him yesterday": Slip("I have seen", "I saw"),
    "I go to the cinema yesterday": Slip("I go", "I went"),
    "they was tired": Slip("they was", "they were"),
    "I want to going home": Slip("want to going", "want to go"),
    "I enjoy to read": Slip("enjoy to read", "enjoy reading"),
    "he can speaks French": Slip("can speaks", "can speak"),
    "I very like it": Slip("I very like", "I really like"),
    "I prefer tea than coffee": Slip("prefer tea than coffee", "prefer tea to coffee"),
    "I am live in Madrid": Slip("I am live", "I live"),
    "she teached me": Slip("teached", "taught"),
    "I not like fish": Slip("I not like", "I don't like"),
    "one of my friend is ill": Slip("one of my friend", "one of my friends"),
}
CORRECT = [
    "He and I go to the same gym, and my father and my mother work together.",
    "Does he go there often? Why does she always go alone?",
    "I made him go home and I saw her go before he could eat.",
    "I have gone there twice and I had seen it before.",
    "The people of my town are friendly, and the people in it have time.",
    'He said "I have went home" and everybody laughed.',
    "My teacher says “he go” is wrong.",
    "I'm married with two children. She is married with three kids.",
    "The museum is interesting in many ways.",
    "All the money I had went to my brother.",
    "It takes two hours. I waited two hours for the bus. I was there three days ago.",
    "I have a two year old son and a five hour journey.",
    "How much people earn depends on luck.",
    "Much has changed, and so many things happened.",
    "Did you see how he looks? Let him have it. If he have time is not what we say.",
    "I would rather she go than stay. They suggested he go at once.",
    "I used to live there. I am used to living alone and I look forward to going.",
    "I want help with my homework. We want work and we need peace.",
    "I like music, I like football and I love cooking. I like to swim.",
    "I like travel and dance. People I like play chess.",
    "I was born in 1990 and I have lived here since 2010.",
    "Last year I was in Rome. Yesterday I had an exam. Last week I would have said no.",
    "Since last year I have worked at a bank. From last week I work at home.",
    "Last year I used to work more. Yesterday I did not go out.",
    "I have never forgotten what you said last week.",
    "I have been here since yesterday.",
    "I know what I did yesterday. I eat what I cooked yesterday. I think he called yesterday.",
    "There is a lot of traffic. There is a lot of noise. There is one problem. There's a lot of work.",
    "It is more interesting than before, and much easier. It is more or less cold.",
    "The best thing about it is that he can do it. The can does not open.",
    "He can't help it. She must have gone. They should have been told.",
    "I agree. I am in agreement with him. I'm agreeing with you.",
    "I am living in Madrid. I'm like my father. I am like him.",
    "We are live on air. I am here to stay. Here I am.",
    "When I was a child I used to play football. When I was young I loved it. When I was ten I had a dog.",
    "I explained it to him. She discussed the plan with us. We listened to music.",
    "He told me that he was tired. She said to me that it was late. They say that it rains.",
    "Every day's the same. Everyday life. Every two days. Every few weeks.",
    "Another few people came. Another three days passed. Another problem.",
    "One of my friends called. One of my brother's friends called.",
    "I can't wait to see you. Wait for me. I waited and waited.",
    "It depends on the weather. It depended on him. The people who depend on it.",
    "He doesn't know anything. I don't know. No, nobody knows. I have nothing to say.",
    "I don't have no-name clothes. There is no time.",
    "She does not. He does. What does she do? What does he think?",
    "My mother's work is hard. My friend likes it. My brother and sister live abroad.",
    "My sister, like me, loves it. My boss wants it. My father had gone.",
    "Both my mother and my father like tea. Neither he nor she likes tea.",
    "An hour, a university, a European city, an English book, a one-way street, an honest man.",
    "I prefer walking rather than driving. I prefer tea to coffee. I would prefer to stay than to go.",
    "I go to school on Mondays. I went home. I went to the swimming pool. I go to dancing lessons.",
    "Last Monday I didn't go. In the last year I have changed jobs. In last year's exam I failed.",
    "He is good at football. It is good in English too. I was good in maths lessons.",
    "It is famous. He is responsible for it. It's full of people. It is different from mine.",
    "I have twenty years of experience. I have 20 years to go. I am 20 years older than him. I am 20 years old.",
    "I need to bring it. I have to sing. He has to be king. I got used to going.",
    "To be honest, I could to some extent do it. He must, to my mind, go. As much as I could to help.",
    "She never goes. He never used to. He always had time. She sometimes has to work.",
    "He let go. He put it there. She read it yesterday. He cut it and hit it. She set it.",
    "The one that I have saw blades in it. We had a saw.",
    "It was him who went. Who went? What went wrong? That he had came to nothing.",
    "I gave up. I did it. He did. Did you? Did they found a company? They did found it.",
    "More people came. More often. More than that. More bad news arrived. We need more good teachers.",
    "He's got a dog. She's been ill. It's a pity. They've gone. We'd gone. I've been.",
    "My English is bad but I try. In my free time I read. I read books.",
    "They have, and they were. You were right. We are. I was. If I were you. He were king, they said.",
    "There are two sister companies. Two brother officers came. Two dog owners met.",
    "Three time zones. I have three hobby horses. Two child seats.",
    "This children's book is good. This days-long wait. This place's friends.",
    "The man who works there. The book which I read. The friends who are here.",
    "What he likes is tea. All she wants is peace. Whatever he does. That's what she thinks.",
    "Whether he come or go is an old form. God save the king. Long live the king.",
    "Even if she help, it fails, they once said. Unless he know it.",
    "The informational talk. Advice is cheap. The furniture is old. My homework was hard.",
    "I enjoyed it. I enjoy reading. I avoid going. I finished to great applause.",
    "In the end I went. In Sunday's paper. In Monday to Friday jobs.",
    "A lot of people think so. A number of people say it. Young people like it. Many people have it.",
    "Some people have, some people are. Talking to people is fun. Helping people is good. Meeting people was great.",
    "What I like about people is honesty. The problem with people is greed. The number of people has grown.",
    "One of these people has called. None of the people was there.",
    "He had his hair cut. I had my car stolen. I have my brother visit me. She had him write it.",
    "We had to. I had to go. I have to say. I have got to go.",
    "My dog loves it when we play. Does my mother like it? When did my father leave? I helped my brother move.",
    "I saw my sister dance. Let my brother go. Watching my father cook is fun.",
    "I feel good. You can go there by bus. He can swim like a fish. Can she swim?",
    "It makes me happy. Does it make sense? Make it happen. I saw it happen. Let it take time. How long does it take?",
    "They no longer live here. He no doubt knows. We no more want it than you do.",
    "I'm not sure. Not knowing. I did not know. Why not go? I'd rather not say. We not only play but also sing.",
    "I wanted to learn. I decided to leave. I tried to find it. I like to be outside. I'm going to left field.",
    "Better to have loved. I hoped to have seen him. He was able to have it.",
    "How old are you? I'm twenty. He's fifty years my senior. I am thirty years into my career.",
    "They will be. It will has no sense. The will left him nothing. A man's will goes first. The can leaks.",
    "You should see what he could. Everything one can goes in here.",
    "The idea that he likes it. She must like it. I hope she likes it. I know he loves her.",
    "He goes to school by bus and she walks, because he likes it.",
    "Does she have a car? Did he go there? I saw her go.",
    "One of these people is my uncle.",
    "I have 20 years of experience.",
    "I have lived here since three years ago.",
    "It is more interesting and better than before.",
    "If he have to wait is not what I said; he has to wait.",
    "Let her explain it to me. I want to see it and I can, to be honest, swim.",
    "He said to me that he was happy.",
    "I look forward to the summer.",
    "My mother made him go home.",
    "It depends on the weather of course.",
    "Talking with American people is fun, and that kind of people is rare.",
    "She go she goes to the market, and he like he likes it.",
    "He, like, said no. But he like um never said why.",
    "She must to the supermarket is not what I said.",
    "This room is a young womans room, and mans best friend is the dog.",
]


@pytest.mark.parametrize("text", SLIPS)
def test_a_sure_slip_is_found_and_put_right(text: str) -> None:
    assert slips_in(text) == [SLIPS[text]]


@pytest.mark.parametrize("text", GRAVEST)
def test_the_gravest_slip_comes_first(text: str) -> None:
    assert slips_in(text)[0] == GRAVEST[text]


@pytest.mark.parametrize("text", CORRECT)
def test_correct_english_is_never_corrected(text: str) -> None:
    assert slips_in(text) == []


def test_each_slip_is_reported_once_in_the_order_of_the_answer() -> None:
    found = slips_in("She don't know. I am agree. She don't know.")
    assert [slip.said for slip in found] == ["She don't", "I am agree"]


def test_what_is_quoted_is_nobodys_slip() -> None:
    assert slips_in('He told us "I have went home" and my teacher wrote “she go” on the board.') == []


def test_two_rules_for_the_same_words_give_one_slip() -> None:
    (slip,) = slips_in("I play football since ten years.")
    assert slip == Slip("I play football since ten years", "I have played football for ten years")


def test_a_very_long_text_is_read_quickly() -> None:
    assert slips_in("The sea is blue and we go there. " * 50_000) == []
