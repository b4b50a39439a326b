import MailAddress

/// The parse tree of an address in lines.
enum AddressTree {
  /// One line for the mailbox and one for each part.
  static func lines(_ judgement: AddressJudgement) -> [StyledText] {
    let nodes = AddressNode.tree(of: judgement.octets)
    guard !nodes.isEmpty else { return [] }
    let parents = nodes.indices.filter { depth(nodes, $0) == 0 }
    return [StyledText("mailbox")]
      + nodes.indices.map { index in
        let isLast: Bool
        var lead = ""
        if depth(nodes, index) == 0 {
          isLast = index == parents.last
        } else {
          isLast = index + 1 >= nodes.count || depth(nodes, index + 1) == 0
          lead = parents.contains { $0 > index } ? "│  " : "   "
        }
        return line(nodes[index], lead + (isLast ? "└─ " : "├─ "), judgement)
      }
  }

  private static func depth(_ nodes: [AddressNode], _ index: Int) -> Int {
    let node = nodes[index]
    if isPart(node) { return 0 }
    return nodes.contains { isPart($0) && $0.range.contains(node.range.lowerBound) } ? 1 : 0
  }

  private static func isPart(_ node: AddressNode) -> Bool { [.localPart, .domain, .literal].contains(node.kind) }

  private static func line(_ node: AddressNode, _ lead: String, _ judgement: AddressJudgement) -> StyledText {
    let octets = Array(judgement.octets[node.range])
    var line = StyledText(lead, .rule)
    line.append(StyledText(node.kind.rawValue, .dim).padded(to: max(1, 20 - lead.count)))
    line.append(StyledText(octets: octets))
    if node.kind == .localPart { line.append("   \(octets.count) of 64 octets", .dim) }
    if node.kind == .label {
      let isULabel = octets.contains { $0 > 0x7F } && IDNA2008().judge(octets.span).fault == nil
      let ascii = isULabel ? IDNA2008().aLabel(of: octets) : nil
      if let ascii {
        line.append(" → ", .dim)
        line.append(StyledText(octets: ascii))
      }
      let count = ascii?.count ?? octets.count
      if count > 40 || ascii != nil { line.append("   \(count) of 63 octets", .dim) }
    }
    return line
  }
}
