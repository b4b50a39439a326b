/// The start screen: where to, how, and where one was before.
package struct StartForm: Sendable {
  /// What the keys go to.
  package enum Field: Hashable, Sendable {
    case target
    /// One of `switches`, from 0.
    case toggle(Int)
    /// One of the recent targets, from 0.
    case recent(Int)
  }

  /// Something that can be on or off.
  package struct Switch: Hashable, Sendable {
    /// The name on the screen.
    package let name: String
    /// Whether it is switched on.
    package var isOn: Bool
  }

  /// The target as typed.
  package var target = LineEditor()
  /// The target as typed.
  package var field = Field.target
  /// What stood in the field before a recent target took its place.
  private var typed = LineEditor()
  /// The switches below the target, in order.
  package var switches = [
    Switch(name: "STARTTLS if offered", isOn: false), Switch(name: "TLS on connect", isOn: false),
    Switch(name: "verify", isOn: true), Switch(name: "record", isOn: true),
  ]
  /// The last targets, newest first.
  package var recents: [RecentTarget] = []

  /// What an empty field stands for: the reference MTA.
  package static let proposal = "ref"

  /// Makes an empty form, which stands for the reference MTA.
  package init() {}

  /// Whether EHLO and STARTTLS are sent without being typed.
  package var opensWithTLS: Bool { switches[0].isOn }

  /// Takes a key for the target.
  package mutating func type(_ stroke: KeyStroke) {
    field = .target
    _ = target.apply(stroke)
  }

  /// What the form asks for.
  package var request: ConnectionRequest {
    let text = String(decoding: target.octets, as: UTF8.self).filter { $0 != " " }
    return ConnectionRequest(
      target: text.isEmpty ? Self.proposal : text, tlsOnConnect: switches[1].isOn, verify: switches[2].isOn,
      record: switches[3].isOn)
  }

  /// Goes to the next field, or to the one before.
  package mutating func move(isForward: Bool) {
    let fields = [Field.target] + switches.indices.map(Field.toggle)
    let index = fields.firstIndex(of: field) ?? 0
    field = fields[(index + (isForward ? 1 : fields.count - 1)) % fields.count]
  }

  /// Goes down through the recent targets, which are put into the field, or up and back to what was typed.
  package mutating func walkRecents(isDown: Bool) {
    var index = -1
    if case .recent(let now) = field { index = now }
    index += isDown ? 1 : -1
    guard index < recents.count else { return }
    if field == .target { typed = target }
    field = index < 0 ? .target : .recent(index)
    if index >= 0 { target.replace(with: Array(recents[index].target.utf8)) } else { target = typed }
  }

  /// Turns the switch in focus; returns false when none is.
  package mutating func toggle() -> Bool {
    guard case .toggle(let index) = field, switches.indices.contains(index) else { return false }
    switches[index].isOn.toggle()
    return true
  }
}
