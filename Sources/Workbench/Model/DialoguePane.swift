import Dialogue
import SMTPWire

/// A log and the reader's place in it.
package struct DialoguePane: Sendable {
  /// What happened.
  package var log: SessionLog
  /// Whether the last line stays in sight when new ones come.
  package var isFollowing = true
  /// The number of the selected row; 0 when there are none.
  package var selected = 0
  /// Shows only lines that match; empty shows all.
  package var filter = ""
  /// The text that is searched for; empty for none.
  package var search = ""
  /// The numbers of marked rows.
  package var marks: Set<Int> = []
  /// The numbers of rows whose fold is open.
  package var unfolded: Set<Int> = []

  /// Makes a pane with a log.
  package init(log: SessionLog = SessionLog()) {
    self.log = log
    selected = log.rows.count
  }

  /// The selected row.
  package var selectedRow: LogRow? { log.row(number: selected) }

  /// The numbers of the rows that are shown, in their order: not folded away, and not filtered away.
  package var shownNumbers: [Int] {
    log.rows.filter { isShown($0) }.map(\.number)
  }

  /// Notes that rows were added.
  package mutating func grew() {
    guard isFollowing else { return }
    guard filter.isEmpty, let last = log.rows.last else { return selectLast() }
    selected = last.foldHead.map { unfolded.contains($0) ? last.number : $0 } ?? last.number
  }

  /// Selects the row a number of shown rows away, or the nearest there is.
  package mutating func move(by distance: Int) {
    let numbers = shownNumbers
    guard !numbers.isEmpty else { return }
    let index = numbers.lastIndex { $0 <= selected } ?? 0
    select(numbers[min(max(0, index + distance), numbers.count - 1)], last: numbers[numbers.count - 1])
  }

  /// Selects a row and follows if it is the last.
  package mutating func select(_ number: Int, last: Int? = nil) {
    selected = number
    isFollowing = number == (last ?? shownNumbers.last ?? 0)
  }

  /// Selects the last row and follows.
  package mutating func selectLast() {
    selected = shownNumbers.last ?? log.rows.count
    isFollowing = true
  }

  /// Selects the next row that fulfils a condition, around the end if need be; returns false when none does.
  package mutating func selectNext(isForward: Bool, where matches: (LogRow) -> Bool) -> Bool {
    let numbers = shownNumbers
    let found = numbers.filter { number in log.row(number: number).map(matches) ?? false }
    guard !found.isEmpty else { return false }
    let next =
      isForward ? found.first { $0 > selected } ?? found[0] : found.last { $0 < selected } ?? found[found.count - 1]
    select(next, last: numbers.last)
    return true
  }

  /// Whether a row holds a text; capitals count only when the text has some.
  package static func matches(_ row: LogRow, _ text: String) -> Bool {
    guard !text.isEmpty else { return true }
    let line = RowText.plain(row)
    let isExact = text.contains { $0.isUppercase }
    return isExact ? line.contains(text) : line.lowercased().contains(text)
  }

  private func isShown(_ row: LogRow) -> Bool {
    if let head = row.foldHead, !unfolded.contains(head) { return false }
    return filter.isEmpty || row.number == selected || passes(row)
  }

  /// `4xx`, `5xx`, `2xx`, `sent`, `received`, `tls`, `events`, or a text.
  private func passes(_ row: LogRow) -> Bool {
    switch filter.lowercased() {
    case "2xx", "3xx", "4xx", "5xx":
      return row.code.map { filter.hasPrefix(String($0.rawValue / 100)) } ?? false
    case "sent": if case .sent = row.event { return true } else { return false }
    case "received": if case .received = row.event { return true } else { return false }
    case "events": if case .event = row.event { return true } else { return false }
    default: return Self.matches(row, filter)
    }
  }
}
