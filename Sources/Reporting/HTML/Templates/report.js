"use strict";
// Filters and sorts the table of findings. Everything is in the page without it. There is no ampersand and no
// less-than sign here, so that the page is well-formed XML too.
(() => {
  const table = document.getElementById("findings-table");
  if (!table) return;
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const severities = ["critical", "high", "medium", "low", "info"];
  const collator = new Intl.Collator("en", { numeric: true });
  const cellText = (row, column) =>
    (row.cells[column].querySelector(".severity, .disposition") ?? row.cells[column]).textContent;
  const texts = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));

  const search = document.getElementById("filter-text");
  const choices = [
    { element: document.getElementById("filter-severity"), column: 0, order: severities },
    { element: document.getElementById("filter-rule"), column: 1 },
    { element: document.getElementById("filter-disposition"), column: 6 },
  ];
  for (const { element, column, order } of choices) {
    const values = Array.from(new Set(rows.map((row) => cellText(row, column))));
    values.sort(order ? (a, b) => order.indexOf(a) - order.indexOf(b) : collator.compare);
    for (const value of values) element.add(new Option(value, value));
  }

  const status = document.getElementById("filter-status");
  const filter = () => {
    const wanted = search.value.trim().toLowerCase();
    let shown = 0;
    for (const row of rows) {
      const fits = texts.get(row).includes(wanted)
        ? choices.every(({ element, column }) => !element.value || cellText(row, column) === element.value)
        : false;
      row.hidden = !fits;
      if (fits) shown += 1;
    }
    status.textContent = `${shown} of ${rows.length} shown`;
  };
  search.addEventListener("input", filter);
  for (const { element } of choices) element.addEventListener("change", filter);

  const headers = Array.from(table.tHead.rows[0].cells);
  const sort = (column) => {
    const descending = headers[column].getAttribute("aria-sort") === "ascending";
    for (const header of headers) header.removeAttribute("aria-sort");
    headers[column].setAttribute("aria-sort", descending ? "descending" : "ascending");
    const keys = new Map(rows.map((row) => [row, cellText(row, column)]));
    const compare = column === 0
      ? (a, b) => severities.indexOf(keys.get(a)) - severities.indexOf(keys.get(b))
      : (a, b) => collator.compare(keys.get(a), keys.get(b));
    body.append(...Array.from(rows).sort((a, b) => (descending ? compare(b, a) : compare(a, b))));
  };
  headers.forEach((header, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = header.textContent;
    button.addEventListener("click", () => sort(column));
    header.replaceChildren(button);
  });

  document.getElementById("filters").hidden = false;
  filter();
})();
