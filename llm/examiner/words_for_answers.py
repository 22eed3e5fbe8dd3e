"""What the offline examiner says about itself and about an answer. Written for this program; read `wording.py` first."""

from llm.examiner.bands import FULL, PLAIN, SIMPLE, Wordings

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
        # Nothing here may claim that the question was answered: rules cannot know.
        SIMPLE: ("Thank you.", "Thank you for that.", "I see. Thank you.", "All right, thank you.", "Thanks for telling me."),
        PLAIN: (
            "Thank you.",
            "I see, thank you.",
            "All right, thanks for that.",
            "Thanks, I've noted that.",
            "Right, thank you for telling me.",
        ),
        FULL: (
            "Thank you.",
            "I see; thank you for that.",
            "Right, I have taken that in.",
            "Thank you; let us build on that.",
            "Noted, with thanks.",
        ),
    },
    # A mention is a noun phrase turned to the learner ("your sister", "the old market"); every wording must fit any of them.
    "mention": {
        SIMPLE: (
            "Thank you for telling me about {mention}.",
            "It is good to hear about {mention}.",
            "I see. Now I know a little about {mention}.",
        ),
        PLAIN: (
            "Thanks for telling me about {mention}.",
            "I'm glad you mentioned {mention}.",
            "It helps that you told me about {mention}.",
        ),
        FULL: (
            "Thank you; mentioning {mention} makes it concrete.",
            "I'm glad you brought up {mention}.",
            "What you say about {mention} is helpful.",
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
}
