/// An option as it is read without the argument parser: its names, and where its value goes.
///
/// The argument parser learns each option's type from the runtime, and together its questions take longer than a whole
/// session. So what is plain is read here; anything else (an unknown or shortened name, `--name=value`, a missing or
/// wrong value, `--help`) is left to the parser, which also has the words for it.
struct PlainOption<Options> {
  /// How the value is set; nil, false or an empty list where the option is not given.
  enum Place {
    case flag((inout Options, Bool) -> Void)
    case text((inout Options, String?) -> Void)
    case list((inout Options, [String]) -> Void)
    case integer((inout Options, Int?) -> Void)
    case descriptor((inout Options, Int32?) -> Void)
    case seconds((inout Options, Double?) -> Void)
  }

  /// The names with their hyphens; none for an option that is left to the parser.
  let names: [String]
  private let place: Place
  private var list: [String] = []

  init(_ names: String..., to place: Place) {
    self.names = names
    self.place = place
  }

  /// Makes the option what it is when it is not given. The parser sets it as it reads; before that it has no value.
  func clear(_ options: inout Options) {
    switch place {
    case .flag(let set): set(&options, false)
    case .text(let set): set(&options, nil)
    case .list(let set): set(&options, [])
    case .integer(let set): set(&options, nil)
    case .descriptor(let set): set(&options, nil)
    case .seconds(let set): set(&options, nil)
    }
  }

  /// Reads the value from the words behind the name; false when it is not a plain one.
  mutating func read(_ words: inout ArraySlice<String>, into options: inout Options) -> Bool {
    if case .flag(let set) = place {
      set(&options, true)
      return true
    }
    guard let word = words.popFirst(), !word.hasPrefix("-") else { return false }
    switch place {
    case .flag: return false
    case .text(let set): set(&options, word)
    case .list(let set):
      list.append(word)
      set(&options, list)
    case .integer(let set): return Self.read(Int(word)) { set(&options, $0) }
    case .descriptor(let set): return Self.read(Int32(word)) { set(&options, $0) }
    case .seconds(let set): return Self.read(Double(word)) { set(&options, $0) }
    }
    return true
  }

  private static func read<Number>(_ number: Number?, _ set: (Number) -> Void) -> Bool {
    if let number { set(number) }
    return number != nil
  }
}

extension Array {
  /// Reads the option of a name; nil when there is none, false when its value is not a plain one.
  mutating func read<Options>(_ name: String, _ words: inout ArraySlice<String>, into options: inout Options) -> Bool?
  where Element == PlainOption<Options> {
    firstIndex { $0.names.contains(name) }.map { self[$0].read(&words, into: &options) }
  }
}
