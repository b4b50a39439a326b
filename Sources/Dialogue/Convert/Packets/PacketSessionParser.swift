import SMTPWire

/// Reads the SMTP session in a capture of packets.
struct PacketSessionParser {
  private var recorder = ImportRecorder(isExact: true)
  private var client = LineFramer()
  private var server = LineFramer()
  private var isEncrypted = false
  private var encrypted = (client: 0, server: 0)
  private var start = Duration.zero

  /// Reads a whole file. Without a number the connection is one to a port of mail that begins with a greeting, else one
  /// to any port that does, else one to a port of mail.
  static func parse(_ octets: [UInt8], session: Int?) -> DialogueImport {
    var reader = PacketFileReader(octets)
    var foreignLinks: Set<Int> = []
    let connections = connections(&reader, &foreignLinks)
    let chosen =
      session.map { connections.indices.contains($0 - 1) ? $0 - 1 : nil }
      ?? connections.firstIndex { $0.hasGreeting && TCPConnection.mailPorts.contains($0.server.port) }
      ?? connections.firstIndex { $0.hasGreeting }
      ?? connections.firstIndex { TCPConnection.mailPorts.contains($0.server.port) }
      ?? connections.indices.first
    guard let chosen else {
      if !foreignLinks.isEmpty {
        let links = foreignLinks.sorted().map(String.init).joined(separator: ", ")
        return .nothing("the packets are of the link type \(links), which is not known here", sessions: 0)
      }
      return .nothing("the packets hold no TCP connection with data", sessions: connections.count)
    }
    var parser = PacketSessionParser()
    var result = parser.read(connections[chosen], isCut: reader.isCut)
    result.sessions = connections.count
    if connections.count > 1, session == nil {
      result.notes.append("the source holds \(connections.count) connections; this is number \(chosen + 1)")
    }
    return result
  }

  /// The connections in which anything was said, in the order of their first packets.
  ///
  /// Link types whose packets cannot be read are gathered.
  private static func connections(
    _ reader: inout PacketFileReader, _ foreignLinks: inout Set<Int>
  ) -> [TCPConnection] {
    var all: [TCPConnection] = []
    var open: [Set<SocketAddress>: Int] = [:]
    while let packet = reader.next() {
      if !TCPSegment.links.contains(packet.link) { foreignLinks.insert(packet.link) }
      guard let segment = TCPSegment(packet) else { continue }
      let pair: Set = [segment.source, segment.destination]
      if let index = open[pair], !all[index].isOver(for: segment) {
        all[index].receive(segment, at: packet.time)
      } else if all.count < 1_000_000 {
        open[pair] = all.count
        all.append(TCPConnection(segment, at: packet.time))
        all[all.count - 1].receive(segment, at: packet.time)
      }
    }
    for index in all.indices { all[index].finish() }
    return all.filter(\.hasOctets)
  }

  private mutating func read(_ connection: TCPConnection, isCut: Bool) -> DialogueImport {
    start = connection.start
    recorder.event(.connected(connection.server.text))
    for step in connection.steps { read(step) }
    if let rest = client.finish(), !isEncrypted { recorder.client(rest.octets, ending: .none) }
    if let rest = server.finish(), !isEncrypted { recorder.server(rest.octets, ending: .none) }
    if isEncrypted {
      let counts = "\(encrypted.client) octets of the client, \(encrypted.server) of the server"
      recorder.note("what was said under TLS cannot be read: \(counts)")
    }
    if isCut { recorder.note("the file ends within a packet") }
    if connection.isCut { recorder.note("packets were captured in part only") }
    let isTLSFirst = isEncrypted && recorder.serverLines == 0
    var result = DialogueImport(
      recorder, target: ImportAddress.url(connection.server.text, isSecureFromStart: isTLSFirst))
    result.hasTimes = true
    result.clock = CivilTime.instant(connection.start)
    return result
  }

  private mutating func read(_ step: TCPConnection.Step) {
    recorder.move(to: step.time - start)
    switch step.deed {
    case .octets(let octets) where step.isClient: readClient(octets)
    case .octets(let octets): readServer(octets)
    case .gap(let count):
      guard !isEncrypted else { return }
      endLine(ofClient: step.isClient)
      recorder.remark("\(count) octets of the \(step.isClient ? "client" : "server") were not captured")
      recorder.note("some octets were not captured; remarks stand in their places")
    case .finish: recorder.event(.closed(by: step.isClient ? .us : .peer, ""))
    case .reset:
      recorder.event(step.isClient ? .closed(by: .us, ", with a reset") : .reset("by peer"))
    }
  }

  /// Ends the line within which octets are missing: what comes behind them is none of its text.
  private mutating func endLine(ofClient isClient: Bool) {
    if isClient {
      if let rest = client.finish() { recorder.client(rest.octets, ending: .none) }
    } else if let rest = server.finish() {
      recorder.server(rest.octets, ending: .none)
    }
  }

  private mutating func readClient(_ octets: ArraySlice<UInt8>) {
    // A TLS record of a handshake begins so, and no command does (RFC 8446 §5.1).
    if !isEncrypted, !recorder.isInMessage, client.bufferedCount == 0, octets.starts(with: [0x16, 0x03]) {
      isEncrypted = true
      recorder.remark("from here on the session is encrypted")
    }
    if isEncrypted { return encrypted.client += octets.count }
    client.append(octets)
    while let line = client.next() { recorder.client(line.octets, ending: line.ending) }
  }

  private mutating func readServer(_ octets: ArraySlice<UInt8>) {
    if isEncrypted { return encrypted.server += octets.count }
    server.append(octets)
    while let line = server.next() { recorder.server(line.octets, ending: line.ending) }
  }
}

/// The calendar in UTC.
enum CivilTime {
  /// The instant of a time since 1970, such as `2026-11-22T19:34:05.123Z` (RFC 3339).
  static func instant(_ time: Duration) -> String {
    let (seconds, attoseconds) = time.components
    let days = Int(seconds / 86_400)
    let rest = Int(seconds % 86_400)
    let (year, month, day) = date(days)
    let clock = [rest / 3600, rest / 60 % 60, rest % 60].map { padded($0, 2) }.joined(separator: ":")
    let fraction = padded(Int(attoseconds / 1_000_000_000_000_000), 3)
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))T\(clock).\(fraction)Z"
  }

  /// The date so many days after 1 January 1970, by eras of 400 years that begin in March.
  private static func date(_ days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
