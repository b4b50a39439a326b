/// Where a play stands among the items of a script, and in which round of its repetitions.
struct ScriptCursor: Hashable, Sendable {
  private struct Loop: Hashable, Sendable {
    let head: Int
    var left: Int32
  }

  /// What became of an item.
  enum Move: Hashable, Sendable {
    /// It was only about where to go on, and that is done.
    case moved
    /// The rounds of all repetitions are more than one play may have.
    case tooManyRounds
    /// It has to be played.
    case stays
  }

  /// The index of the item to play next.
  var position = 0
  private var loops: [Loop] = []
  private var rounds = 0

  /// Takes the items that are only about where to go on.
  mutating func follow(_ content: DialogueScript.Item.Content, holds: (ScriptCondition) -> Bool) -> Move {
    switch content {
    case .branch(let condition, let otherwise): position = holds(condition) ? position + 1 : otherwise
    case .jump(let target): position = target
    case .loop(let times, let end):
      if times > 0 { loops.append(Loop(head: position, left: times - 1)) }
      position = times > 0 ? position + 1 : Int(end)
    case .again(let head): return repeatFrom(head)
    default: return .stays
    }
    return .moved
  }

  private mutating func repeatFrom(_ head: Int) -> Move {
    guard let loop = loops.last, loop.head == head, loop.left > 0 else {
      if loops.last?.head == head { loops.removeLast() }
      position += 1
      return .moved
    }
    rounds += 1
    guard rounds < DialogueStep.maximumRounds else { return .tooManyRounds }
    loops[loops.count - 1].left -= 1
    position = head + 1
    return .moved
  }
}
