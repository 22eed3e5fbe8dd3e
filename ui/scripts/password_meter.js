// Ticks off the rules of a new password and says how hard it is to guess, while it is typed. Nothing of it leaves the field.
if (!window.vivaMeter) {
  window.vivaMeter = true;

  const rulesMet = (word, signs) => ({
    length: signs.length >= 8 && 128 >= signs.length,
    upper: /\p{Lu}/u.test(word),
    lower: /\p{Ll}/u.test(word),
    digit: /\p{Nd}/u.test(word),
  });

  // What a sign adds: little when it goes on from the one before ("abc", "111"), less each time it comes again.
  const worthOf = (signs) => {
    const seen = {};
    let worth = 0;
    signs.forEach((sign, at) => {
      const step = sign.codePointAt(0) - (at ? signs[at - 1].codePointAt(0) : 0);
      const times = seen[sign] || 0;
      seen[sign] = times + 1;
      worth += (at && 1 >= Math.abs(step) ? 0.3 : 1) / (1 + times);
    });
    return worth;
  };

  const said = { 1: "Not enough yet", 2: "Easy to guess: make it longer", 3: "Good", 4: "Strong" };
  const scoreOf = (signs, good) => {
    if (!signs.length) return "";
    if (!good) return "1";
    const worth = worthOf(signs);
    if (8 > worth) return "2";
    return 12 > worth ? "3" : "4";
  };

  document.addEventListener("input", (event) => {
    const field = event.target;
    const box = document.getElementById("viva-meter");
    if (!box || !field.matches || field !== document.querySelector("input[autocomplete=new-password]")) return;
    const word = field.value.normalize("NFC");
    const signs = [...word];
    const met = rulesMet(word, signs);
    box.querySelectorAll("[data-rule]").forEach((rule) => {
      rule.dataset.met = met[rule.dataset.rule] ? "yes" : "no";
    });
    const score = scoreOf(signs, ![...box.querySelectorAll("[data-rule]")].some((rule) => rule.dataset.met === "no"));
    box.dataset.score = score;
    const place = box.querySelector("p");
    if (place.textContent !== (said[score] || "")) place.textContent = said[score] || "";
  });
}
