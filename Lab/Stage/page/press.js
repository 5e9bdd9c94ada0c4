// What a control does when it is used, and what it shows before: the command that would do the same.

/** @param toAction () => action, from what the fields hold now; null: something in them is wrong, and they say so. */
export function previews(element, control, toAction) {
  const preview = () => {
    const action = toAction();
    if (action !== null)
      control.preview(action);
  };
  element.addEventListener("pointerenter", preview);
  element.addEventListener("focusin", preview);
}

/** @param then (result) => …: where reasons go that belong beside a field. */
export function press(button, control, toAction, then = () => {}) {
  previews(button, control, toAction);
  button.addEventListener("click", async () => {
    const action = toAction();
    if (action !== null)
      then(await control.send(action));
  });
}
