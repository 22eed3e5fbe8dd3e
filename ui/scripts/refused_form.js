// After a form was refused: ties each fault to its field and puts the cursor into the first of them, or on the fault itself.
//
// It waits until the page is drawn to its end and calm, because the fields of passwords are new ones then, and a new field is given a
// description of its own for a moment. On a busy machine the page can be drawn to its end while its fields are still being fetched: it
// waits for them too. Drawn without a fault it unties.
{
  const PATIENCE_MS = 8000;
  const CALM_LOOKS = 4;
  const inputOf = (name) => document.querySelector("." + name + " :is(input,textarea)");
  const reasons = () => [...document.querySelectorAll("p.viva-problem[data-viva-field]")];
  const alertOf = (form) => document.querySelector(".st-key-viva-fault-" + form + " [role=alert]");

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
    reasons().forEach((reason) => {
      const field = inputOf(reason.dataset.vivaField);
      if (!field) return;
      tie(field, reason);
      first = first || field;
    });
    const alert = alertOf(data.vivaForm);
    if (first || !alert) return first;
    const retry = data.vivaRetry ? inputOf(data.vivaRetry) : null;
    if (retry) tie(retry, alert);
    else alert.setAttribute("tabindex", "-1");
    return retry || alert;
  };

  // Whether all that `tieAll` ties is on the page.
  const complete = (data) => {
    const faulty = reasons();
    if (faulty.length > 0) return faulty.every((reason) => inputOf(reason.dataset.vivaField));
    return alertOf(data.vivaForm) && (!data.vivaRetry || inputOf(data.vivaRetry));
  };

  const drawn = (data) =>
    document.querySelector("[data-testid=stApp][data-test-script-state=notRunning]") && (data.vivaRefused !== "yes" || complete(data));

  const lead = (mark) => {
    const end = performance.now() + PATIENCE_MS;
    let calm = 0;
    const look = () => {
      if (!mark.isConnected) return;
      const late = performance.now() > end;
      calm = drawn(mark.dataset) ? calm + 1 : 0;
      if (CALM_LOOKS > calm && !late) {
        setTimeout(look, 40);
        return;
      }
      untieAll();
      if (mark.dataset.vivaRefused !== "yes") return;
      const first = tieAll(mark.dataset);
      if (first && (!late || document.activeElement === document.body)) first.focus();
    };
    look();
  };

  document.querySelectorAll("[data-viva-form]:not([data-viva-told])").forEach((mark) => {
    mark.dataset.vivaTold = "yes";
    lead(mark);
  });
}
