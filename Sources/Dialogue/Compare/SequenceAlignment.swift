/// Finds which elements of two sequences belong together: a long common subsequence, in time that grows with their length.
///
/// What both begin and end with is paired at once. The rest is divided at elements that each side has once; a stretch
/// without such elements is paired exactly where it is short, else window by window.
enum SequenceAlignment {
  /// Two elements that belong together, by their indices.
  struct Pair: Hashable, Sendable {
    let left: Int32
    let right: Int32
  }

  /// The longest stretch that is paired exactly, in elements.
  static let window = 512

  /// The pairs in rising order on both sides.
  static func pairs(_ left: [UInt64], _ right: [UInt64]) -> [Pair] {
    guard max(left.count, right.count) > window, left != right else { return divided(left, right) }
    // What the other side lacks altogether belongs to nothing.
    let (known, others) = (Set(left), Set(right))
    let (first, second) = (
      left.indices.filter { others.contains(left[$0]) }, right.indices.filter { known.contains(right[$0]) }
    )
    return divided(first.map { left[$0] }, second.map { right[$0] }).map {
      pair(first[Int($0.left)], second[Int($0.right)])
    }
  }

  private static func divided(_ left: [UInt64], _ right: [UInt64]) -> [Pair] {
    var pairs: [Pair] = []
    var stretches = [(left.indices, right.indices)]
    while let (first, second) = stretches.popLast() {
      let (first, second) = trim(first, second, left, right, &pairs)
      if first.isEmpty || second.isEmpty { continue }
      if first.count <= window, second.count <= window {
        pairExactly(first, second, left, right, &pairs)
        continue
      }
      let anchors = anchors(first, second, left, right)
      if anchors.isEmpty {
        pairByWindow(first, second, left, right, &pairs)
      } else {
        divide(first, second, at: anchors, &pairs, &stretches)
      }
    }
    return pairs.sorted { $0.left < $1.left }
  }

  /// Pairs the common beginning and end, and gives what lies between.
  private static func trim(
    _ first: Range<Int>, _ second: Range<Int>, _ left: [UInt64], _ right: [UInt64], _ pairs: inout [Pair]
  ) -> (Range<Int>, Range<Int>) {
    var (low, low2, high, high2) = (first.lowerBound, second.lowerBound, first.upperBound, second.upperBound)
    while low < high, low2 < high2, left[low] == right[low2] {
      pairs.append(pair(low, low2))
      (low, low2) = (low + 1, low2 + 1)
    }
    while low < high, low2 < high2, left[high - 1] == right[high2 - 1] {
      (high, high2) = (high - 1, high2 - 1)
      pairs.append(pair(high, high2))
    }
    return (low..<high, low2..<high2)
  }

  private static func pair(_ left: Int, _ right: Int) -> Pair {
    Pair(left: Int32(truncatingIfNeeded: left), right: Int32(truncatingIfNeeded: right))
  }

  private static func divide(
    _ first: Range<Int>, _ second: Range<Int>, at anchors: [Pair], _ pairs: inout [Pair],
    _ stretches: inout [(Range<Int>, Range<Int>)]
  ) {
    var (low, low2) = (first.lowerBound, second.lowerBound)
    for anchor in anchors {
      stretches.append((low..<Int(anchor.left), low2..<Int(anchor.right)))
      pairs.append(anchor)
      (low, low2) = (Int(anchor.left) + 1, Int(anchor.right) + 1)
    }
    stretches.append((low..<first.upperBound, low2..<second.upperBound))
  }

  /// The elements that each side has once, as many of them as rise on both sides (the longest such subsequence).
  private static func anchors(
    _ first: Range<Int>, _ second: Range<Int>, _ left: [UInt64], _ right: [UInt64]
  ) -> [Pair] {
    let (ones, others) = (unique(first, left), unique(second, right))
    var candidates: [Pair] = []
    for index in first {
      if ones[left[index]] == index, let other = others[left[index]], other >= 0 {
        candidates.append(pair(index, other))
      }
    }
    return rising(candidates)
  }

  /// The index of each element that occurs once; -1 for those that occur again.
  private static func unique(_ range: Range<Int>, _ elements: [UInt64]) -> [UInt64: Int] {
    var indices: [UInt64: Int] = [:]
    indices.reserveCapacity(range.count)
    for index in range {
      if indices.updateValue(index, forKey: elements[index]) != nil { indices[elements[index]] = -1 }
    }
    return indices
  }

  /// The longest subsequence that rises on the right; the candidates rise on the left.
  private static func rising(_ candidates: [Pair]) -> [Pair] {
    var ends: [Int] = []
    var before = [Int](repeating: -1, count: candidates.count)
    for (index, candidate) in candidates.enumerated() {
      var (low, high) = (0, ends.count)
      while low < high {
        let middle = (low + high) / 2
        if candidates[ends[middle]].right < candidate.right { low = middle + 1 } else { high = middle }
      }
      before[index] = low > 0 ? ends[low - 1] : -1
      if low < ends.count { ends[low] = index } else { ends.append(index) }
    }
    var found: [Pair] = []
    var index = ends.last ?? -1
    while index >= 0 {
      found.append(candidates[index])
      index = before[index]
    }
    return found.reversed()
  }

  /// Pairs a window of both sides, keeps the first half of it, and goes on behind.
  private static func pairByWindow(
    _ first: Range<Int>, _ second: Range<Int>, _ left: [UInt64], _ right: [UInt64], _ pairs: inout [Pair]
  ) {
    var (low, low2) = (first.lowerBound, second.lowerBound)
    while low < first.upperBound, low2 < second.upperBound {
      let (end, end2) = (min(low + window, first.upperBound), min(low2 + window, second.upperBound))
      var found: [Pair] = []
      pairExactly(low..<end, low2..<end2, left, right, &found)
      let isLast = end == first.upperBound && end2 == second.upperBound
      let kept = isLast ? found[...] : found.prefix { Int($0.left) - low + Int($0.right) - low2 < window }
      pairs += kept
      if isLast { return }
      // Each round goes on by half a window on one side at least, and behind no pair that it does not keep.
      let next = kept.count < found.count ? found[kept.count] : pair(end, end2)
      low = max(kept.last.map { Int($0.left) + 1 } ?? low, min(low + window / 2, Int(next.left)))
      low2 = max(kept.last.map { Int($0.right) + 1 } ?? low2, min(low2 + window / 2, Int(next.right)))
    }
  }

  /// The longest common subsequence of two short stretches.
  private static func pairExactly(
    _ first: Range<Int>, _ second: Range<Int>, _ left: [UInt64], _ right: [UInt64], _ pairs: inout [Pair]
  ) {
    let width = second.count + 1
    let lengths = [UInt16](unsafeUninitializedCapacity: (first.count + 1) * width) { table, count in
      table.initialize(repeating: 0)
      count = table.count
      for row in stride(from: first.count - 1, through: 0, by: -1) {
        let element = left[first.lowerBound + row]
        for column in stride(from: second.count - 1, through: 0, by: -1) {
          let at = row * width + column
          table[at] =
            element == right[second.lowerBound + column]
            ? table[at + width + 1] + 1 : max(table[at + width], table[at + 1])
        }
      }
    }
    var (row, column) = (0, 0)
    while row < first.count, column < second.count {
      if left[first.lowerBound + row] == right[second.lowerBound + column] {
        pairs.append(pair(first.lowerBound + row, second.lowerBound + column))
        (row, column) = (row + 1, column + 1)
      } else if lengths[(row + 1) * width + column] >= lengths[row * width + column + 1] {
        row += 1
      } else {
        column += 1
      }
    }
  }
}
