"""What the offline examiner says to everything that is no answer, and its ways into a question. Read `wording.py` first."""

from llm.examiner.bands import FULL, PLAIN, SIMPLE, Wordings

OCCASIONS: Wordings = {
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
    "ready": {
        SIMPLE: ("Good. Let's go.", "Very good, let's practise.", "Good, then we can start."),
        PLAIN: ("Good, let's get going.", "Gladly. That's what I'm here for.", "All right, let's practise."),
        FULL: ("By all means, let's make a start.", "Good. I'm glad to practise with you.", "With pleasure."),
    },
    "introduction": {
        SIMPLE: ("Nice to meet you, {word}.", "Hello, {word}. Good to meet you."),
        PLAIN: ("Nice to meet you, {word}.", "Good to meet you, {word}."),
        FULL: ("A pleasure to meet you, {word}.", "Good to meet you, {word}, and thank you for introducing yourself."),
    },
    "compliment": {
        PLAIN: ("That's kind of you, thank you.", "Thank you, that's nice to hear.", "How kind. Thank you."),
    },
    "how_it_works": {
        SIMPLE: (
            "It is easy. I ask a question, you answer, and I give you one tip. Say “next question” or “goodbye” when you like.",
            "You answer my questions, long or short. I give you one tip. When you want to stop, say “goodbye”.",
        ),
        PLAIN: (
            (
                "It's simple: I ask, you answer as you would aloud, and I leave a short note. Say “next question” for a change and "
                "“goodbye” to finish; there is no fixed number of questions."
            ),
            (
                "You answer my questions in as many sentences as you like, and I point out one thing at a time. You can ask me to repeat "
                "a question, to change the topic or to stop whenever you want."
            ),
        ),
    },
    "objection": {
        SIMPLE: ("You may be right. I am only a program with rules. Let's go on.", "Maybe I was wrong. I am sorry. We can go on."),
        PLAIN: (
            "You may well be right: I go by rules, and rules miss things. Let's carry on.",
            "Fair point. I can misread what you write, and then my note is off the mark.",
        ),
        FULL: (
            "You may well be right; I go by rules, and they have blind spots.",
            "Fair enough. I can misread you, and then it's best to trust your own judgement.",
        ),
    },
    "topic": {
        SIMPLE: ("Yes, of course.", "Good idea.", "Of course, we can do that."),
        PLAIN: ("Gladly, let's change the subject.", "Of course, we can talk about something else.", "Good idea, let's do that."),
        FULL: ("By all means, let's change the subject.", "Certainly, we can turn to that.", "Good, let's follow your interest."),
    },
    "easier": {
        SIMPLE: ("No problem. I will try an easier one.", "That is fine. Here is a shorter question."),
        PLAIN: ("No problem, let me try an easier one.", "All right, I'll look for something simpler.", "Of course. A shorter one, then."),
        FULL: ("Of course, let me try something more straightforward.", "Very well, a simpler one.", "Certainly; I'll make it shorter."),
    },
    "harder": {
        SIMPLE: ("Very good. I will try a harder one.", "Good. Then here is a longer question."),
        PLAIN: ("Good, let me try a harder one.", "All right, something more demanding.", "Gladly. See what you make of this one."),
        FULL: ("Gladly, let me raise the bar a little.", "Very well, something more demanding.", "Good. See what you make of this one."),
    },
    "only_english": {
        SIMPLE: ("I only know English, so let's try in English. Short sentences are fine.", "I am sorry, I only speak English here."),
        PLAIN: (
            "I'm sorry, I only work in English. Use simple words where one is missing; that is good practice.",
            "Only English here, I'm afraid. If a word is missing, describe it.",
        ),
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
    "question": {
        SIMPLE: (
            "I am a program. Here I ask and you answer. Please try.",
            "Good question, but I cannot answer it. Now it is your turn.",
            "You ask very well. I have no answer, because I am only a program.",
        ),
        PLAIN: (
            "A fair question, but here I'm the one who asks. Take mine any way you like.",
            "I can't answer that: I'm a program that asks, listens and leaves a note.",
            "Well asked, though I have no answer to give. Say how you see my question.",
        ),
        FULL: (
            "I'd rather leave the answering to you; asking is all that I can do.",
            "A question in return is good conversation, but I have nothing to answer it with.",
            "You turn the tables nicely. I'm only a program, so the floor is yours.",
        ),
    },
    "request": {
        PLAIN: (
            "I can't do that: I only ask questions, listen and leave a note on your answers.",
            "That's more than this program can do. What it can do is practise speaking with you.",
            "I'm afraid not; I'm an examiner made of rules. Let's go on practising.",
        ),
    },
    "wait": {
        PLAIN: ("Take your time.", "There is no hurry at all.", "Of course, think it over."),
    },
    "shy": {
        SIMPLE: (
            "Don't worry. You are here to practise, and short sentences are fine.",
            "That is no problem. Mistakes are welcome here. Nobody else is listening.",
        ),
        PLAIN: (
            "No need to be sorry: practice is the place for mistakes, and nobody else is listening.",
            "That's all right. Start small; two plain sentences are a good answer.",
        ),
    },
    "word_wanted": {
        PLAIN: (
            "I have no dictionary, so go round “{word}”: say what it is for or what it looks like. Examiners value that.",
            "I can't translate “{word}”. Describe it in easy words; that is a useful skill in an exam.",
            "No translations from me, I'm afraid. Explain what you mean by “{word}” in the words that you have.",
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
