import SMTPWire

/// Whether the value of a typed MAIL or RCPT parameter is one that its extension allows.
enum ParameterCheck {
  /// How much of an allowed value a text is.
  private enum Fit {
    case whole, beginning, none
  }

  /// What speaks against the value of a parameter, which is named with its `=`; nil when nothing does, or when nothing is
  /// known here of its values. `offset` is the value's place in the line; at the line's end, more may be typed.
  static func check(_ value: ArraySlice<UInt8>, of name: String, at offset: Int, isLast: Bool) -> LineCheck? {
    let (fit, expected) = judge(value, name)
    switch fit {
    case .whole: return nil
    case .beginning where isLast: return .unfinished("expected \(expected)")
    case .beginning, .none: return .wrong("expected \(expected)", at: offset)
    }
  }

  private static func judge(_ value: ArraySlice<UInt8>, _ name: String) -> (Fit, expected: String) {
    switch name {
    case "SIZE=":
      let isNumber = value.count <= 20 && value.allSatisfy(\.isASCIIDigit)
      return (isNumber ? .whole : .none, "the number of octets (RFC 1870)")
    case "BODY=":
      return (keyword(value, ["7BIT", "8BITMIME", "BINARYMIME"]), "7BIT, 8BITMIME or BINARYMIME (RFC 6152, RFC 3030)")
    case "RET=": return (keyword(value, ["FULL", "HDRS"]), "FULL or HDRS (RFC 3461 §4.3)")
    case "NOTIFY=":
      return (notification(value), "NEVER, or SUCCESS, FAILURE and DELAY as a list (RFC 3461 §4.1)")
    case "ORCPT=": return (originalRecipient(value), "a type, a semicolon and xtext (RFC 3461 §4.2)")
    case "ENVID=": return (xtext(value), "xtext: +HH for + = and controls (RFC 3461 §4.4)")
    case "AUTH=": return (xtext(value), "xtext: +HH for + = and controls (RFC 4954 §5)")
    default: return (.whole, "")
    }
  }

  private static func keyword(_ value: ArraySlice<UInt8>, _ words: [String]) -> Fit {
    if words.contains(where: { value.equalsIgnoringCase($0) }) { return .whole }
    return words.contains { value.equalsIgnoringCase(String($0.prefix(value.count))) } ? .beginning : .none
  }

  private static func notification(_ value: ArraySlice<UInt8>) -> Fit {
    let words = value.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    let events = ["SUCCESS", "FAILURE", "DELAY"]
    guard words.count > 1, let last = words.last else { return keyword(value, ["NEVER"] + events) }
    return words.dropLast().allSatisfy { keyword($0, events) == .whole } ? keyword(last, events) : .none
  }

  private static func originalRecipient(_ value: ArraySlice<UInt8>) -> Fit {
    guard let semicolon = value.firstIndex(of: UInt8(ascii: ";")) else { return .beginning }
    let (type, address) = (value[..<semicolon], value[(semicolon + 1)...])
    if type.isEmpty { return .none }
    // The encoding of internationalized addresses is another one (RFC 6533 §3).
    if type.equalsIgnoringCase("utf-8") { return .whole }
    return address.isEmpty ? .beginning : xtext(address)
  }

  private static func xtext(_ value: ArraySlice<UInt8>) -> Fit {
    if Xtext.decode(value) != nil || value.contains(where: { $0 >= 0x80 }) { return .whole }
    let mayEnd = ["0", "00"].contains { Xtext.decode(value + Array($0.utf8)) != nil }
    return mayEnd ? .beginning : .none
  }
}
