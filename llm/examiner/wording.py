"""What the offline examiner can say, by occasion and by the learner's band. All of it written for this program.

`simple` is for A1 and A2, `plain` for B1 and B2, `full` for C1 and C2; a missing band falls back to `plain`. Placeholders stand in
braces. Every occasion has several wordings, so that none need be heard twice in a row.
"""

from collections.abc import Mapping
from typing import Final

SIMPLE, PLAIN, FULL = "simple", "plain", "full"
_BANDS: Final = {"A1": SIMPLE, "A2": SIMPLE, "B1": PLAIN, "B2": PLAIN, "C1": FULL, "C2": FULL}

Wordings = Mapping[str, Mapping[str, tuple[str, ...]]]

OCCASIONS: Wordings = {
    "hello": {
        SIMPLE: (
            (
                "Hello, and welcome. I am Viva's offline examiner, a small program on this computer. I ask questions and give you a "
                "short tip "
                "after each answer. Take your time."
            ),
            (
                "Hello. I am the offline examiner: a program, not a person and not a big AI model. We talk about {topic}. After each "
                "answer "
                "I give you one tip. There is no hurry."
            ),
            "Welcome. I am a simple examiner program and I work without the internet. I ask, you answer, and I tell you one thing to try.",
        ),
        PLAIN: (
            (
                "Hello and welcome. I'm Viva's offline examiner: a program on this machine that works from a question bank and word "
                "lists, with "
                "no language model behind it. I'll ask about {topic} at level {level} and leave you a short note after each answer."
            ),
            (
                "Good to have you here. Before we start: I'm the offline examiner, so I follow rules rather than understand like a person. "
                "What I can do is ask good questions about {topic} and point out one thing to try after each answer."
            ),
            (
                "Hello. You're speaking with the offline examiner, a rule-based program that needs no internet. We'll talk about {topic}. "
                "Answer as you would aloud, and I'll give you one note each time."
            ),
        ),
        FULL: (
            (
                "Hello and welcome. I'm Viva's offline examiner, which is to say a rule-based program with a question bank and word "
                "lists rather "
                "than a language model. We'll explore {topic} at level {level}; expect one concrete observation after each answer."
            ),
            (
                "Good to meet you. In fairness I should say what I am: an offline examiner that runs on rules, not a model that "
                "understands "
                "everything. I can still press you on {topic} and tell you, after each answer, one thing worth changing."
            ),
            (
                "Welcome. I'm the offline examiner, a plain program: no language model, no network, just questions about {topic} and "
                "honest notes that "
                "I can "
                "back up. Speak as fully as you would in the room."
            ),
        ),
    },
    "standing_in": {
        PLAIN: (
            "(The model service did not answer, so I am standing in: Viva's offline examiner, a rule-based program.)",
            "(No model could be reached just now. I'm the built-in offline examiner and will go on with you meanwhile.)",
            "(The usual model is not available at the moment; the offline examiner, a simpler program, takes this turn.)",
        ),
    },
    # --- reactions to an answer ---------------------------------------------------------------------------------------------
    "neutral": {
        SIMPLE: ("Thank you.", "Good, thank you for that.", "I see. Thank you.", "All right, that is clear.", "Thanks, I understand."),
        PLAIN: (
            "Thank you, that's clear.",
            "I see, thank you.",
            "All right, I can follow that well.",
            "Thanks, that gives me a picture.",
            "Good, that answers it.",
        ),
        FULL: (
            "Thank you, that is a clear position.",
            "I follow you.",
            "That is well put together, thank you.",
            "Right, I can see where you stand.",
            "Thank you; that gives us something to work with.",
        ),
    },
    "mention": {
        SIMPLE: (
            "Thank you for telling me about {mention}.",
            "You talk about {mention}. That is a good idea.",
            "It helps that you speak about {mention}.",
        ),
        PLAIN: (
            "Thanks for bringing in {mention}; details like that make an answer yours.",
            "I noticed that you chose to mention {mention}.",
            "Speaking about {mention} makes your answer concrete.",
        ),
        FULL: (
            "I'm glad you brought in {mention}; it anchors the point.",
            "Turning to {mention} was a good choice, because it takes the answer from the general to the particular.",
            "Your reference to {mention} does a lot of the work there.",
        ),
    },
    "loss": {
        SIMPLE: ("I am very sorry. Thank you for telling me.", "I am sorry to hear that. We can talk about something else if you like."),
        PLAIN: (
            "I'm sorry to hear that, and thank you for telling me. If you'd rather talk about something else, say “next question”.",
            "I'm very sorry. You don't have to go into it; just say “next question” if you'd like a change.",
        ),
        FULL: (
            "I'm sorry for your loss. We can leave the subject whenever you like: “next question” is enough.",
            "Thank you for trusting me with that, and I'm sorry. Say “next question” if you would rather move on.",
        ),
    },
    "hard": {
        SIMPLE: ("That does not sound easy.", "I see, that is hard.", "I understand. That can be difficult."),
        PLAIN: ("That doesn't sound easy.", "I can see why that was difficult.", "That must take some patience."),
        FULL: (
            "That can't have been easy.",
            "You describe the difficulty without exaggerating it.",
            "That sounds demanding, to say the least.",
        ),
    },
    "joy": {
        SIMPLE: ("That sounds nice.", "It is good to hear what you enjoy.", "I can see that you like it."),
        PLAIN: (
            "Your answer sounds as if you really enjoy it.",
            "It's good to hear you speak about something you like.",
            "That sounds like fun.",
        ),
        FULL: (
            "Your enthusiasm comes through.",
            "It's always easier to listen when somebody speaks about what they care for.",
            "One can hear that it matters to you.",
        ),
    },
    "reason": {
        SIMPLE: ("Good, you said why.", "You gave a reason. That is useful.", "Thank you, now I know why."),
        PLAIN: (
            "Good, you didn't only say what but also why.",
            "You gave a reason, which is what I was listening for.",
            "Your reason makes that clear.",
        ),
        FULL: (
            "You gave your reason along with it, which is what I listen for.",
            "The reason you give makes it easier to follow you.",
            "Good, you said why and did not leave it at a claim.",
        ),
    },
    "example": {
        SIMPLE: ("Your example helps me.", "Good, you gave an example."),
        PLAIN: ("Your example makes it easy to follow.", "Giving an example was a good move.", "The example you chose helps."),
        FULL: ("The example earns its place.", "You moved from the general to the particular, which helps.", "Well illustrated."),
    },
    "contrast": {
        SIMPLE: ("You told me more than one side. Good.", "Good, you did not stop after the first idea."),
        PLAIN: (
            "You didn't leave it at one side.",
            "I like that you gave me the other side as well.",
            "There is more than one side to it, as you say.",
        ),
        FULL: ("You left room for the other side.", "A qualified view, which I prefer to a sweeping one.", "You didn't oversimplify it."),
    },
    "story": {
        SIMPLE: ("Thank you for the story.", "I can follow what happened."),
        PLAIN: ("I could follow what happened, step by step.", "Thanks for telling me how it went.", "You told that in a clear order."),
        FULL: ("You told that economically.", "The sequence of events was easy to follow.", "A well-paced account."),
    },
    "plan": {
        SIMPLE: ("That is a good plan.", "I hope that it works well."),
        PLAIN: ("I hope it turns out the way you imagine.", "It sounds as if you have thought about what comes next."),
        FULL: ("You seem to have a settled idea of what comes next.", "I hope the plan survives contact with reality."),
    },
    # --- everything that is not an answer -----------------------------------------------------------------------------------
    "tiny": {
        SIMPLE: (
            "Good start. Now say a little more: who, where or why?",
            "Thank you. Can you make a whole sentence, please?",
            "All right. Tell me one more thing, for example why.",
        ),
        PLAIN: (
            "That's a start. In the exam I'd wait for more: give me a reason and a small example.",
            "All right, but let me hear more of your English. Why is that?",
            "Short and clear. Now open it up a little: what makes you say so?",
        ),
        FULL: (
            "Brief, certainly. At this level I'd expect you to develop it: why, and with what consequence?",
            "I'd like to hear you argue that rather than assert it.",
            "That would leave an examiner waiting. What lies behind it?",
        ),
    },
    "empty": {
        PLAIN: (
            "I didn't get any words from you. Whenever you're ready, just write or say your answer.",
            "Nothing has reached me yet. Take your time.",
            "That came through empty. Please try once more.",
        ),
    },
    "noise": {
        PLAIN: (
            "I couldn't find any English words in that. Please try again in a sentence.",
            "That one got past me: no words that I know. Could you put it in a sentence?",
            "I'm not sure what that was. A plain sentence is all I need.",
        ),
    },
    "greeting": {
        SIMPLE: ("Hello again. Nice to see you.", "Hello. Let's begin.", "Hi there. I am happy that you are here."),
        PLAIN: ("Hello. Good to have you here.", "Hi there. Shall we get going?", "Hello to you too."),
        FULL: ("Hello, and welcome.", "Good to see you. Let's make a start.", "Hello. I'm ready when you are."),
    },
    "how_are_you": {
        PLAIN: (
            "Kind of you to ask. I'm a program, so every day is much the same for me.",
            "Thank you for asking. Programs have no good or bad days, but I'm ready.",
            "Nicely asked. I'm a program and always in the same mood, which helps an examiner.",
        ),
    },
    "thanks": {
        PLAIN: ("You're welcome.", "My pleasure.", "Not at all."),
    },
    "farewell": {
        SIMPLE: (
            "Goodbye, and thank you for talking with me. You can find our conversation in your history. See you next time.",
            "Thank you. That was good practice. Come back soon, and bring one new word with you.",
            "All right, we stop here. Everything is saved. Goodbye and good luck.",
        ),
        PLAIN: (
            "Thank you for the conversation. It's stored in your history, so you can read the notes again before next time. Goodbye.",
            "We'll leave it there. A tip for the way home: say one of today's answers once more aloud, a little longer. Goodbye.",
            "Goodbye, and well done for keeping at it. The whole conversation is waiting in your history.",
        ),
        FULL: (
            "Then we'll leave it there, and thank you. It's all in your history; your longest answer is worth reading again.",
            "Goodbye, and thank you for your time. Next time, try to answer the hardest of these questions first.",
            "That's a good place to stop. Until next time, and do take one of today's notes with you.",
        ),
    },
    "repeat": {
        PLAIN: ("Of course.", "Certainly.", "Gladly.", "No problem at all."),
    },
    "unclear": {
        SIMPLE: (
            "No problem. Read it slowly. You can answer only a part of it.",
            "That is all right. Look for one word that you know and start there.",
            "Don't worry. You can begin with “I think …” or “In my life …”.",
        ),
        PLAIN: (
            "Fair enough; it is not the easiest question. Take the part you understand and begin there.",
            "No problem. Think of one situation from your own life and start from that.",
            "That's all right. In other words: what comes to your mind first when you read it?",
        ),
        FULL: (
            "It is rather a broad question, I admit. Narrow it down to one case that you know well.",
            "Then take it your own way: choose one aspect and say why it matters.",
            "Let me put it like this: what would you tell a friend who asked you the same thing?",
        ),
    },
    "meaning": {
        PLAIN: (
            "I have no dictionary to quote from, so I'd rather not guess what “{word}” means. You can answer without it.",
            "I can't explain “{word}” reliably, because I'm only a rule-based program. Try to guess it from the rest of the question.",
            (
                "A good thing to ask an examiner, only this one has no dictionary for “{word}”. Say how you understand it and go on from "
                "there."
            ),
        ),
    },
    "help": {
        SIMPLE: (
            "Here are three ways to begin: “I like … because …”, “For me, … is important”, “Yesterday I …”.",
            "Start with one short sentence: “I think …”. Then add “because …”. Then give one example.",
            "Think of one person, one place and one time. Tell me about these three.",
        ),
        PLAIN: (
            "A shape that always works: say what you think, give one reason, then one example. You could open with “The way I see it, …”.",
            "Try three sentences: your point, why, and when you last noticed it.",
            "You might begin with “It depends on …” and then take the two cases one after the other.",
        ),
        FULL: (
            "Try a position, the strongest objection to it, and why you keep it all the same. “Granted, … Even so, …” will carry you.",
            "You could question the question first: “That rather depends on what we mean by …”. Then commit yourself.",
            "Begin with a case, not with a principle; the principle will suggest itself.",
        ),
    },
    "dont_know": {
        SIMPLE: (
            "That is fine. Nobody knows everything. Say what you think, there is no wrong answer.",
            "No problem. You can also tell me about a friend or your family.",
        ),
        PLAIN: (
            "That's fine; it is your English that counts here, not your knowledge. You can make something up.",
            "Not knowing is an answer too, if you say why. “I've never thought about it, but …” is a good opening.",
        ),
        FULL: (
            "Then speculate: “I can only guess, but …” is a perfectly respectable way in.",
            "Nobody will check the facts. Say what you would need to know to answer it.",
        ),
    },
    "skip": {
        PLAIN: (
            "Of course, let's take another one.",
            "No problem, we'll change.",
            "Gladly. Something different, then.",
            "All right, we leave that one.",
        ),
    },
    "who": {
        PLAIN: (
            "I'm Viva's offline examiner: a program that runs on this machine. There is no person and no language model behind me.",
            "I'm a rule-based program called the offline examiner. I pick up words and patterns, but I don't understand like a person.",
            "No person here: I'm the offline examiner, a fairly simple program with a good question bank.",
        ),
    },
    "score": {
        PLAIN: (
            (
                "I don't give levels in practice, because one chat is not enough evidence. Take an exam when you're ready; it shows "
                "what its "
                "estimate rests on."
            ),
            "That I can't tell you honestly from a few answers. The exam gives an estimate with its evidence; here we just practise.",
            "No scores from me, I'm afraid: practice is for trying things out. The exam part of the program makes an estimate.",
        ),
    },
    "opinion": {
        PLAIN: (
            "I'm a program and have no life of my own to tell you about, so your view is the interesting one.",
            "Turning the question round is good conversation. I have no opinions, though; I'd rather hear more of yours.",
            "Well asked, but there is nobody here with a view of their own. Tell me more about yours.",
        ),
    },
    "correct_me": {
        PLAIN: (
            "After each answer I point out what my rules can find. They never find everything, so no note does not mean no mistakes.",
            "I do that as we go: one note after each answer, and only where I'm sure. A teacher would find more.",
        ),
    },
    "other_language": {
        SIMPLE: (
            "I can only speak English with you. Try it in English, please. Three or four words are enough.",
            "That is not English, I think. Please say it in English. Easy words are fine.",
        ),
        PLAIN: (
            "That looks like another language. Let's keep to English here; say it in simple words, even if something is missing.",
            "I only work in English, so try it that way. Describe the word you are missing, that is good practice in itself.",
            "Could you give me that in English? It doesn't have to be perfect.",
        ),
        FULL: (
            "In English, if you would. Paraphrase whatever has no ready equivalent; that is a skill examiners look for.",
            "Let's stay in English. If there is no exact word, go round it.",
        ),
    },
    "rude": {
        PLAIN: (
            "Let's keep it friendly; I'm here to help you practise.",
            "I'd rather we stayed polite. If something annoyed you, tell me what it was in one sentence; that is practice as well.",
            "That's not a tone for an exam room. No harm done; let's go on.",
        ),
    },
    "concern": {
        PLAIN: (
            (
                "I'm sorry that you feel like this. I'm only a practice program and can't help with it, but people can: please talk to "
                "somebody "
                "you trust today, or call the emergency number or a crisis line where you live. The practice can wait."
            ),
            (
                "Thank you for saying it. I'm a program and not the right one for this. Please speak to someone close to you now, a "
                "doctor, or "
                "a crisis line; in danger, call your local emergency number. We can practise another time."
            ),
        ),
    },
    # --- ways into the next question ------------------------------------------------------------------------------------------
    "ask_opening": {
        SIMPLE: ("Here is my first question. {ask}", "Let's start. {ask}", "The first question: {ask}"),
        PLAIN: ("Here's my first question. {ask}", "Let's begin with this. {ask}", "To start with: {ask}"),
        FULL: ("Let me begin here. {ask}", "To open with: {ask}", "My first question is this. {ask}"),
    },
    "ask_follow_up": {PLAIN: ("{ask}",)},
    "ask_next": {
        SIMPLE: ("Now a new question. {ask}", "Let's go on. {ask}", "The next question: {ask}"),
        PLAIN: ("Let's move on. {ask}", "Now something else. {ask}", "Here's another one. {ask}", "My next question: {ask}"),
        FULL: (
            "Let us turn to something else. {ask}",
            "Moving on: {ask}",
            "Here is another angle. {ask}",
            "I'd like to ask you about this next. {ask}",
        ),
    },
    "ask_again": {
        SIMPLE: ("The question is: {ask}", "Here it is again: {ask}", "My question was: {ask}"),
        PLAIN: ("So, the question: {ask}", "Here it is once more: {ask}", "Let me ask it again: {ask}", "Back to the question: {ask}"),
        FULL: ("The question, then: {ask}", "Let me put it to you again: {ask}", "Back to what I asked: {ask}"),
    },
    "asks_back": {
        PLAIN: (
            "You ask about me: I'm a program, so there is nothing to tell.",
            "As for me, I'm only a program and have no answer of my own.",
            "Good of you to ask back, although a program has little to say about itself.",
        ),
    },
}


def options(occasion: str, level: str) -> tuple[str, ...]:
    """Return the wordings of an occasion for a level (A1 to C2; anything else counts as B1)."""
    by_band = OCCASIONS[occasion]
    return by_band.get(_BANDS.get(level, PLAIN)) or by_band[PLAIN]
