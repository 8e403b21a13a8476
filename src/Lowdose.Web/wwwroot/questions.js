// Where there is no room for more, a form asks one question at a time. Without this it is one plain form.
const narrow = matchMedia("(max-width: 40rem)");

for (const form of document.querySelectorAll("form[data-questions]")) {
  const questions = [...form.children].filter(e => e.matches(".field, fieldset"));
  const send = form.querySelector(".send"), submit = send.querySelector("button");
  const first = q => q.querySelector("[aria-invalid=true]") || (form.dataset.questions === "rest" && !answered(q));
  const intro = document.querySelectorAll("[data-intro]");
  const bar = document.createElement("div");
  bar.className = "asked";
  bar.innerHTML = "<button type=button class='button quiet'>Back</button><p id=asked-where></p><button type=button class=button></button>";
  const [back, where, next] = bar.children;
  let at = 0;

  const answered = question => [...question.querySelectorAll("input, select, textarea")]
    .some(field => field.type === "checkbox" || field.type === "radio" ? field.checked && field.value !== "" : field.value.trim() !== "");
  const word = () => { next.textContent = at === questions.length - 1 ? submit.textContent : answered(questions[at]) ? "Next" : "Skip"; };

  const show = (to, focus) => {
    at = Math.max(0, Math.min(questions.length - 1, to));
    questions.forEach((question, i) => { question.hidden = i !== at; });
    for (const part of intro) part.hidden = at > 0;
    back.disabled = at === 0;
    where.textContent = `${at + 1} of ${questions.length}`;
    word();
    if (!focus) return;
    questions[at].focus({ preventScroll: true });
    scrollTo(0, 0);
  };

  const fit = () => {
    bar.hidden = !narrow.matches;
    send.hidden = narrow.matches;
    for (const part of form.querySelectorAll("[data-partway]")) part.hidden = !narrow.matches;
    document.body.classList.toggle("asking", narrow.matches);
    // The server says what is missing, beside its question; a browser cannot point at one that is hidden.
    form.noValidate = narrow.matches;
    if (narrow.matches) return show(Math.max(0, questions.findIndex(first)), false);
    for (const part of [...questions, ...intro]) part.hidden = false;
  };

  questions.forEach((question, i) => {
    question.tabIndex = -1;
    if (question.matches("fieldset")) return;
    const label = question.querySelector("label");
    label.id ||= `question-${i}`;
    question.setAttribute("role", "group");
    question.setAttribute("aria-labelledby", label.id);
  });
  for (const question of questions) question.setAttribute("aria-describedby", "asked-where");
  const go = () => { if (at === questions.length - 1) form.requestSubmit(submit); else show(at + 1, true); };
  back.addEventListener("click", () => show(at - 1, true));
  next.addEventListener("click", go);
  form.addEventListener("input", word);
  // Enter goes on to the next question, as it sends where there is only one.
  form.addEventListener("keydown", event => {
    if (!narrow.matches || event.key !== "Enter" || !event.target.matches("input, select")) return;
    event.preventDefault();
    go();
  });
  form.append(bar);
  narrow.addEventListener("change", fit);
  fit();
}
