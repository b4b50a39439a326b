/// Slips that fingers make on a keyboard.
enum TypingSlip {
  /// Whether what was typed is one slip away from a word: a letter lost, doubled, hit beside its key, struck together
  /// with a neighbour's key, or swapped with the letter before it.
  static func parts(_ typed: [UInt8], from word: [UInt8]) -> Bool {
    guard typed != word, abs(typed.count - word.count) <= 1 else { return false }
    let start = zip(typed, word).prefix { $0 == $1 }.count
    switch typed.count - word.count {
    case -1: return typed[start...].elementsEqual(word[(start + 1)...])
    case 1:
      guard typed[(start + 1)...].elementsEqual(word[start...]) else { return false }
      let around = [start > 0 ? typed[start - 1] : nil, start + 1 < typed.count ? typed[start + 1] : nil].compactMap(
        \.self)
      return around.contains { $0 == typed[start] || isNeighbour($0, typed[start]) }
    default:
      if typed[(start + 1)...].elementsEqual(word[(start + 1)...]) { return isNeighbour(typed[start], word[start]) }
      return start + 1 < word.count && typed[start] == word[start + 1] && typed[start + 1] == word[start]
        && typed[(start + 2)...].elementsEqual(word[(start + 2)...])
    }
  }

  /// Whether two keys lie side by side on one of the usual keyboards (QWERTY, QWERTZ, AZERTY).
  static func isNeighbour(_ one: UInt8, _ other: UInt8) -> Bool {
    neighbours[one]?.contains(other) == true || neighbours[other]?.contains(one) == true
  }

  private static let neighbours: [UInt8: Set<UInt8>] = {
    var found: [UInt8: Set<UInt8>] = [:]
    let boards = [
      ["1234567890-", "qwertyuiop", "asdfghjkl", "zxcvbnm,."], ["1234567890", "qwertzuiop", "asdfghjkl", "yxcvbnm,.-"],
      ["1234567890", "azertyuiop", "qsdfghjklm", "wxcvbn,"],
    ].map { $0.map { Array($0.utf8) } }
    for board in boards {
      for (index, row) in board.enumerated() {
        for (column, key) in row.enumerated() {
          if column + 1 < row.count { found[key, default: []].insert(row[column + 1]) }
          // A row lies half a key to the right of the one above it.
          guard index + 1 < board.count else { continue }
          for below in [column - 1, column] where board[index + 1].indices.contains(below) {
            found[key, default: []].insert(board[index + 1][below])
          }
        }
      }
    }
    return found
  }()
}
