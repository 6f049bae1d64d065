/// One chart as the template draws it: 360 units wide, with the same numbers as a table and in words.
struct Chart {
  /// Unique in the page.
  let id: String
  let title: String
  /// One line below the title.
  var note = ""
  /// What stands in its place when there is nothing to draw.
  var nothing: String?
  var height = 0
  /// Everything that the drawing shows, in one sentence.
  var description = ""
  var columns: [String] = []
  var rows: [(name: String, numbers: [Int])] = []
  private var lines: [TemplateValues] = []
  private var shapes: [TemplateValues] = []
  private var texts: [TemplateValues] = []
  private var legend: [TemplateValues] = []

  static let width = 360

  init(id: String, title: String) {
    self.id = id
    self.title = title
  }

  mutating func rectangle(x: Int, y: Int, width: Int, height: Int, _ style: String) {
    shapes.append(["x": x, "y": y, "width": width, "height": height, "class": style])
  }

  mutating func line(from start: (x: Int, y: Int), to end: (x: Int, y: Int)) {
    lines.append(["x1": start.x, "y1": start.y, "x2": end.x, "y2": end.y])
  }

  /// Text whose base line begins, or with the styles `middle` and `end` has its middle or end, at this place.
  mutating func text(_ text: String, x: Int, y: Int, _ style: String = "") {
    texts.append(["text": text, "x": x, "y": y, "class": style])
  }

  mutating func legend(_ text: String, _ style: String) { legend.append(["text": text, "class": style]) }

  var values: TemplateValues {
    var values: TemplateValues = [
      "id": id, "title": title, "isEmpty": nothing != nil, "height": height, "description": description,
      "columns": columns, "rows": rows.map { ["name": $0.name, "numbers": $0.numbers.map(grouped)] as TemplateValues },
      "lines": lines, "shapes": shapes, "texts": texts,
    ]
    values["nothing"] = nothing
    values["note"] = note.isEmpty ? nil : note
    values["legend"] = legend.isEmpty ? nil : ["entries": legend]
    return values
  }
}

/// Widths of one kind of text, whose scale is such that the greatest number fills the room.
struct ChartScale {
  let greatest: Int
  let room: Int

  /// Never nothing for a number that is not zero.
  func length(_ number: Int) -> Int {
    number == 0 || greatest == 0 ? 0 : max(2, Int(Double(number) / Double(greatest) * Double(room)))
  }
}

/// A number in a small place: `12`, `48k`, `3M` (exact numbers stand in the chart's table).
func compact(_ number: Int) -> String {
  switch number {
  case ..<10_000: grouped(number)
  case ..<1_000_000: "\(number / 1000)k"
  default: "\(number / 1_000_000)M"
  }
}
