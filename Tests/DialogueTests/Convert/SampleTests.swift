import Dialogue
import SMTPWire
import Testing

@Suite("Real output of other programs")
struct SampleTests {
  static let message = [
    "From: Ann <ann@example.org>", "To: alice@example.com", "Subject: Dots", "Message-ID: <1@example.org>", "", "Hello",
    "..one dot", "...two dots", "", " -> not a margin", "end",
  ]

  @Test("is told apart by its octets", arguments: Sample.formats)
  func detection(_ name: String, _ format: ImportFormat) throws {
    let octets = try Sample.octets(name)
    #expect(DialogueImporter.detect(octets) == format)
    #expect(!DialogueImporter.isDialogue(octets))
  }

  @Test("becomes a dialogue file without mistakes", arguments: Sample.names)
  func readable(_ name: String) throws {
    let session = try Sample.session(name)
    let reading = DialogueReader.read(session.octets)
    #expect(reading.diagnostics.filter { $0.severity == .error } == [])
    #expect(DialogueImporter.isDialogue(session.octets) || session.isEmpty)
    #expect(!DialogueScript(reading.dialogue).hasErrors)
  }

  @Test(
    "of the same exchange is the same dialogue at level text",
    arguments: [
      "swaks-plain.txt", "swaks-no-hints.txt", "swaks-suppress.txt", "curl-trace-ascii.txt", "curl-v.txt",
      "curl-v-time.txt", "curl-v-meter.txt", "any.pcap", "any1.pcap", "plain.pcapng",
    ])
  func sameExchange(_ name: String) throws {
    let reference = try Sample.session("plain.pcap").dialogue
    var session = try Sample.session(name)
    // curl says QUIT behind the end of its output.
    if name.hasPrefix("curl") {
      session.events.append(contentsOf: [
        TimedEvent(.zero, .sent(OutgoingLine("QUIT"))), TimedEvent(.zero, .received(WireLine("221 2.0.0 Bye"))),
      ])
    }
    let differences = DialogueComparison.differences(expected: reference, actual: session.dialogue, level: .text)
    #expect(differences.map(\.sentence) == [])
  }

  @Test(
    "shows the message as it was on the wire",
    arguments: [
      ("swaks-plain.txt", true), ("swaks-pipeline.txt", true), ("swaks-no-hints.txt", true), ("plain.pcap", true),
      ("swaks-hide-receive.txt", true), ("curl-trace-ascii.txt", false), ("curl-trace.txt", false),
    ])
  func wholeMessage(_ name: String, _ hasBlankEnd: Bool) throws {
    let commands = try Sample.session(name).commands
    let start = try #require(commands.firstIndex(of: "DATA")) + 1
    let end = try #require(commands.firstIndex(of: "."))
    #expect(Array(commands[start..<end]) == Self.message + (hasBlankEnd ? [""] : []))
  }

  @Test(
    "that leaves the message out has a remark in its place",
    arguments: [
      ("curl-v.txt", " (154 octets)"), ("curl-v-tls.txt", ""), ("swaks-suppress.txt", ""), ("smtpd-v.txt", ""),
    ])
  func missingMessage(_ name: String, _ size: String) throws {
    let session = try Sample.session(name)
    #expect(session.events.map(\.event).contains(.note("the message\(size) is not in the source")))
    #expect(session.commands.contains("."))
    #expect(session.notes == ["a message that the client sent is not in the source; a remark stands in its place"])
  }

  @Test("never shows a password, in any form", arguments: Sample.names)
  func noSecret(_ name: String) throws {
    let dialogue = try Sample.session(name).dialogue
    var outputs = [dialogue.source, DialogueRedactor.redact(dialogue).source]
    for format in ExportFormat.allCases {
      let export = DialogueExporter.write(dialogue, as: format)
      outputs += [export.octets, bytes(export.notes.joined(separator: "\n"))]
    }
    for octets in outputs {
      for secret in Self.secretForms { #expect(!String(decoding: octets, as: UTF8.self).contains(secret), "\(secret)") }
    }
  }

  /// The password of the samples, and the inner characters of its base64 at each offset.
  static let secretForms: [String] = {
    let password = bytes("wonderland")
    let encoded = (0..<3).map { offset in
      String(
        decoding: Base64.encode(Array(repeating: 0, count: offset) + password).dropFirst(4).dropLast(4), as: UTF8.self)
    }
    return ["wonderland", "AGFsaWNlAHdvbmRlcmxhbmQ", "d29uZGVybGFuZA"] + encoded
  }()

  @Test(
    "has variables where the client logged in",
    arguments: [
      ("swaks-tls-auth.txt", ["AUTH PLAIN ${auth.plain}"]), ("curl-v-tls.txt", ["AUTH PLAIN", "${auth.plain}"]),
      ("swaks-times.txt", ["AUTH LOGIN", "${auth.login.username}", "${auth.login.password}"]),
      ("swaks-login-protected.txt", ["AUTH LOGIN", "${auth.login.username}", "${auth.login.password}"]),
      ("telnet.txt", ["AUTH LOGIN", "${auth.login.username}", "${auth.login.password}"]),
      ("openssl-tty.txt", ["AUTH PLAIN ${auth.plain}"]), ("msmtp-tls-auth.txt", ["AUTH PLAIN ${auth.plain}"]),
      ("smtpd-v-auth.txt", ["AUTH PLAIN ${auth.plain}"]), ("transcript-1.txt", ["AUTH PLAIN ${auth.plain}"]),
      ("smtpd-v-login.txt", ["AUTH LOGIN", "${auth.login.username}", "${auth.login.password}"]),
      ("auth-nano.pcap", ["AUTH PLAIN ${auth.plain}"]), ("swaks-auth-refused.txt", ["AUTH PLAIN ${auth.plain}"]),
    ])
  func variables(_ name: String, _ lines: [String]) throws {
    let session = try Sample.session(name)
    let start = try #require(session.commands.firstIndex { $0.hasPrefix("AUTH") })
    #expect(Array(session.commands[start..<(start + lines.count)]) == lines)
    let knowsUser = !["swaks-login-protected.txt", "swaks-auth-refused.txt"].contains(name)
    #expect(session.happened.contains { $0.hasPrefix("authenticated ") && $0.hasSuffix(" alice") } == knowsUser)
  }

  @Test(
    "can be cut anywhere",
    arguments: ["swaks-times.txt", "curl-trace-ascii.txt", "telnet.txt", "plain.pcap", "plain.pcapng"])
  func cut(_ name: String) throws {
    let octets = try Sample.octets(name)
    let format = try #require(DialogueImporter.detect(octets))
    let whole = DialogueImporter.read(octets, as: format).spoken
    for count in stride(from: 0, to: octets.count, by: 7) {
      let spoken = DialogueImporter.read(Array(octets[..<count]), as: format).spoken
      #expect(spoken.dropLast(2).elementsEqual(whole.prefix(max(0, spoken.count - 2))), "\(count)")
    }
  }

  @Test("can be damaged in any way and read as any format", arguments: Sample.names)
  func damaged(_ name: String) throws {
    let octets = try Sample.octets(name)
    var numbers = SeededNumbers(seed: UInt64(octets.count))
    for _ in 0..<12 {
      var damaged = octets
      for _ in 0..<Int.random(in: 1...20, using: &numbers) {
        let index = Int.random(in: 0..<damaged.count, using: &numbers)
        damaged[index] = UInt8.random(in: 0...255, using: &numbers)
      }
      let start = Int.random(in: 0..<damaged.count / 2, using: &numbers)
      if Bool.random(using: &numbers) { damaged.removeSubrange(start..<(start + 3)) }
      let format = ImportFormat.allCases.randomElement(using: &numbers) ?? .rfc
      for format in [format, DialogueImporter.detect(damaged) ?? format] {
        let session = DialogueImporter.read(damaged, as: format)
        #expect(!DialogueReader.read(session.octets).diagnostics.contains { $0.severity == .error })
      }
    }
  }
}
