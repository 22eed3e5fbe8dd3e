// After a form was refused: ties each fault to its field and puts the cursor into the first of them, or on the fault itself.
//
// It waits until the page is drawn to its end and calm, because the fields of passwords are new ones then, and a new field is given a
// description of its own for a moment. Drawn without a fault it unties.
{
  const PATIENCE_MS = 8000;
  const CALM_LOOKS = 4;
  const inputOf = (name) => document.querySelector("." + name + " :is(input,textarea)");

  const tie = (field, reason) => {
    reason.id = reason.id || "viva-reason";
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", [reason.id].concat(reason.dataset.vivaWith || []).join(" "));
    field.dataset.vivaFaulty = "yes";
  };

  const untieAll = () => {
    document.querySelectorAll("[data-viva-faulty]").forEach((field) => {
      field.removeAttribute("aria-invalid");
      field.removeAttribute("aria-describedby");
      delete field.dataset.vivaFaulty;
    });
  };

  // Returns where the cursor belongs: the first faulty field, else the field to try again, else the fault.
  const tieAll = (data) => {
    let first = null;
    document.querySelectorAll("p.viva-problem[data-viva-field]").forEach((reason) => {
      const field = inputOf(reason.dataset.vivaField);
      if (!field) return;
      tie(field, reason);
      first = first || field;
    });
    const alert = document.querySelector(".st-key-viva-fault-" + data.vivaForm + " [role=alert]");
    if (first || !alert) return first;
    const retry = data.vivaRetry ? inputOf(data.vivaRetry) : null;
    if (retry) tie(retry, alert);
    else alert.setAttribute("tabindex", "-1");
    return retry || alert;
  };

  const lead = (mark) => {
    const end = performance.now() + PATIENCE_MS;
    let calm = 0;
    const look = () => {
      if (!mark.isConnected || performance.now() > end) return;
      calm = document.querySelector("[data-testid=stApp][data-test-script-state=notRunning]") ? calm + 1 : 0;
      if (CALM_LOOKS > calm) {
        setTimeout(look, 40);
        return;
      }
      untieAll();
      if (mark.dataset.vivaRefused !== "yes") return;
      const first = tieAll(mark.dataset);
      if (first) first.focus();
    };
    look();
  };

  document.querySelectorAll("[data-viva-form]:not([data-viva-told])").forEach((mark) => {
    mark.dataset.vivaTold = "yes";
    lead(mark);
  });
}
