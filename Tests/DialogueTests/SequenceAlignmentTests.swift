import Testing

@testable import Dialogue

@Suite("Aligning two sequences")
struct SequenceAlignmentTests {
  private func pairs(_ left: [UInt64], _ right: [UInt64]) -> [SequenceAlignment.Pair] {
    let pairs = SequenceAlignment.pairs(left, right)
    for pair in pairs { #expect(left[Int(pair.left)] == right[Int(pair.right)]) }
    for (one, next) in zip(pairs, pairs.dropFirst()) {
      #expect(one.left < next.left && one.right < next.right)
    }
    return pairs
  }

  @Test("short sequences have the longest common subsequence")
  func short() {
    #expect(pairs([], [1]).isEmpty)
    #expect(pairs([1, 2, 3], [1, 2, 3]).count == 3)
    #expect(pairs([1, 2, 3, 4], [2, 1, 3, 5, 4]).count == 3)
    #expect(pairs([1, 1, 2, 1], [2, 1, 1, 1]).count == 3)
  }

  @Test("pairs rise and are equal, whatever the sequences; what is inserted does not spoil the rest")
  func random() {
    for seed in 1...60 {
      var numbers = SeededNumbers(seed: UInt64(seed))
      let kinds = [2, 50, 100_000].randomElement(using: &numbers)!
      let left = (0..<Int.random(in: 0...3_000, using: &numbers)).map { _ in
        UInt64.random(in: 0..<UInt64(kinds), using: &numbers)
      }
      var right = left
      for _ in 0..<20 {
        right.insert(7_000_000, at: Int.random(in: 0...right.count, using: &numbers))
      }
      #expect(pairs(left, right).count == left.count, "seed \(seed)")
      right.shuffle(using: &numbers)
      _ = pairs(left, right)
    }
  }

  @Test("long sequences of few kinds are paired window by window, most of them")
  func repetitive() {
    let left = [UInt64](repeating: 1, count: 5_000)
    let right = (0..<15_000).map { UInt64($0 % 3) }
    #expect(pairs(left, right).count > 4_000)
    #expect(pairs(right, left).count > 4_000)
  }
}
