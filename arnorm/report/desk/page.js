
// --- A page by itself: what `arnorm repair --html` has found, or the samples of `--report` -------------------------------------------------------
const about = JSON.parse(document.getElementById("about").textContent)
const review = new Review(document.getElementById("review"), about)
window.arnormReview = review
review.after = document.getElementById("save")
review.set(JSON.parse(document.getElementById("rows").textContent).map(({ file, line, source, found, part }) => (
  { text: source, found, decided: new Map(), heading: file ? `${file}:${line}` : String(line), file, line, part }
)))
review.after.addEventListener("click", () => {
  const content = JSON.stringify(decisions(review.all.filter(unit => !unit.part)), null, 1)
  const link = element("a", { href: URL.createObjectURL(new Blob([content], { type: "application/json" })), download: "decisions.json" })
  link.click()
})
