// Signing out: says what this device has not handed over yet, and forgets it before the server is told.
import * as queue from "./queue.js";

const form = document.querySelector("form[data-leave]"), told = form.querySelector("[data-told]");
const waiting = queue.can() ? (await queue.all()).length : 0;
told.hidden = waiting === 0;
told.textContent = `${waiting} ${waiting === 1 ? "answer was" : "answers were"} not sent yet. Signing out deletes ${waiting === 1 ? "it" : "them"}. To keep ${waiting === 1 ? "it" : "them"}, open the diary with a network first.`;

form.addEventListener("submit", async event => {
  event.preventDefault();
  // Whatever a device cannot forget here, the server asks the browser to clear.
  try {
    if (queue.can()) await queue.forget(!await queue.keeps());
  } finally {
    form.submit();
  }
});
form.dataset.ready = "";
