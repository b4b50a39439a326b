import SMTPWire

/// Text in a shell script: whatever it holds, it stays one word or one document.
enum ShellText {
  /// One word. What is unseen is written by number, so that the script can be shown.
  static func word(_ octets: some Collection<UInt8>) -> String {
    let octets = Array(octets)
    let isPlain = octets.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || "@%+=:,./_-".utf8.contains($0) }
    if isPlain, !octets.isEmpty { return octets.text }
    guard !isPrintable(octets) else { return quoted(octets) }
    let escaped = octets.map { octet in
      octet == UInt8(ascii: "\\") ? "\\\\" : (0x20...0x7E).contains(octet) ? [octet].text : octal(octet)
    }
    return "\"$(printf '%b' \(quoted(Array(escaped.joined().utf8))))\""
  }

  /// One word.
  static func word(_ text: String) -> String { word(Array(text.utf8)) }

  /// Whether octets are lines of seen characters and blanks alone.
  static func isPrintable(_ octets: [UInt8]) -> Bool {
    let plain = octets.filter { $0 != 0x0A && $0 != 0x09 && $0 != UInt8(ascii: "\\") }
    return OctetText.escape(plain) == plain
  }

  /// A comment of one line.
  static func comment(_ text: String) -> String { "# \(OctetText.readable(Array(text.utf8)))\n" }

  /// A document for the standard input, behind the command that reads it; its last line must be ended.
  static func document(_ octets: [UInt8], named name: String = "MESSAGE") -> String {
    var name = name
    // A line of the document itself must not end it.
    while octets.split(separator: 0x0A).contains(where: { $0.elementsEqual(name.utf8) }) { name += "_" }
    return "<<'\(name)'\n\(octets.text)\(name)\n"
  }

  /// A command whose standard input is given as base64.
  static func pipe(_ octets: [UInt8], into command: String, named name: String = "BASE64") -> String {
    var lines = ""
    var rest = octets[...]
    while !rest.isEmpty {
      lines += Base64.encode(rest.prefix(57)).text + "\n"
      rest = rest.dropFirst(57)
    }
    return "base64 -d <<'\(name)' | \\\n\(command)\n\(lines)\(name)\n"
  }

  private static func quoted(_ octets: [UInt8]) -> String {
    var text: [UInt8] = [UInt8(ascii: "'")]
    for octet in octets {
      if octet == UInt8(ascii: "'") { text += Array("'\\''".utf8) } else { text.append(octet) }
    }
    return (text + [UInt8(ascii: "'")]).text
  }

  private static func octal(_ octet: UInt8) -> String {
    let digits = String(octet, radix: 8)
    return "\\0" + String(repeating: "0", count: 3 - digits.utf8.count) + digits
  }
}

/// A command of a shell script with its options, one to a line.
struct ShellCommand {
  private var lines: [String]
  /// Comments above the command.
  private(set) var notes: [String] = []
  /// What is given to the command's standard input.
  private(set) var input: ShellInput = .none

  /// How the command gets its input.
  enum ShellInput: Hashable {
    case none
    /// Lines that can stand in the script as they are, each ended by LF.
    case lines([UInt8])
    /// Any octets.
    case octets([UInt8])
  }

  init(_ name: String) { lines = [name] }

  /// Adds an option, and its argument where it has one.
  mutating func add(_ option: String, _ argument: (some Collection<UInt8>)?) {
    lines.append(argument.map { "\(option) \(ShellText.word($0))" } ?? option)
  }

  /// Adds an option, and its argument where it has one.
  mutating func add(_ option: String, _ argument: String? = nil) {
    add(option, argument.map { Array($0.utf8) })
  }

  /// Says what the command does not.
  mutating func note(_ sentence: String) {
    if !notes.contains(sentence) { notes.append(sentence) }
  }

  /// Gives the command its input.
  mutating func read(_ input: ShellInput) { self.input = input }

  /// The script.
  var export: DialogueExport {
    let command = lines.joined(separator: " \\\n  ")
    var script = notes.map(ShellText.comment).joined()
    switch input {
    case .none: script += command + "\n"
    case .lines(let octets): script += "\(command) \(ShellText.document(octets))"
    case .octets(let octets): script += ShellText.pipe(octets, into: command)
    }
    return DialogueExport(Array(script.utf8), notes: notes)
  }
}
