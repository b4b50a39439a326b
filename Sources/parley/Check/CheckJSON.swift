import MailAddress

/// What the command adds to the objects of the library.
enum CheckJSON {
  /// Appends the member `tree`: the parts of an address, parents before their children.
  static func appendTree(of address: [UInt8], to output: inout [UInt8]) {
    let nodes = AddressNode.tree(of: address).map {
      "{\"kind\":\"\($0.kind.rawValue)\",\"start\":\($0.range.lowerBound),\"end\":\($0.range.upperBound)}"
    }
    output += Array(",\"tree\":[\(nodes.joined(separator: ","))]".utf8)
  }
}
