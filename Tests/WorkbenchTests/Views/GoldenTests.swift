import Dialogue
import Failures
import FoundationEssentials
import SMTPWire
import Testing

@testable import Workbench

/// A screen that is kept as text. `UPDATE_GOLDEN=1` writes the files anew.
struct GoldenScreen: CustomTestStringConvertible, Sendable {
  let name: String
  let make: @Sendable () -> Fixture

  var testDescription: String { name }

  static let all: [GoldenScreen] = [
    GoldenScreen(name: "start") { .start },
    GoldenScreen(name: "session") {
      var fixture = Fixture.session
      fixture.type("RCPT TO:<carol@example.org> NOT")
      return fixture
    },
    GoldenScreen(name: "browse") {
      var fixture = Fixture.session
      fixture.press(.escape)
      fixture.press(.character("k"), .character("m"), .character("k"))
      return fixture
    },
    GoldenScreen(name: "help") {
      var fixture = Fixture.session
      fixture.press(.function(1))
      return fixture
    },
    GoldenScreen(name: "palette") {
      var fixture = Fixture.session
      fixture.press(.control("P"))
      fixture.type("copy as")
      return fixture
    },
    GoldenScreen(name: "composer") {
      var fixture = Fixture.composing
      fixture.give(.template(date: "Sun, 22 Nov 2026 14:03:00 +0000", messageID: "<probe-1@probe.example.com>"))
      fixture.type("größe")
      for _ in 0..<4 { fixture.press(.down) }
      fixture.enter("größe")
      fixture.enter(".hidden")
      fixture.type("日本語")
      return fixture
    },
    GoldenScreen(name: "finaldot") {
      var fixture = Fixture.composing
      fixture.press(.control("D"))
      return fixture
    },
    GoldenScreen(name: "certificate") {
      var fixture = Fixture.session
      fixture.give(
        .certificateRefused(name: .tlsCertExpired, words: "The certificate of mx1.example.net ended on 2026-11-01."))
      return fixture
    },
    GoldenScreen(name: "credentials") {
      var fixture = Fixture.session
      fixture.enter("AUTH LOGIN")
      fixture.enter("alice")
      fixture.type("wonderland")
      return fixture
    },
    GoldenScreen(name: "detail") {
      var fixture = Fixture.session
      fixture.press(.escape)
      fixture.press(.enter)
      return fixture
    },
    GoldenScreen(name: "recording") {
      var fixture = Fixture.start
      fixture.give(.recording(title: "s-0039", events: Fixture.recording, target: "smtp://mx.example.net:25"))
      return fixture
    },
    GoldenScreen(name: "replay") { .replaying },
    GoldenScreen(name: "address") {
      var fixture = Fixture.session
      fixture.press(.alt("3"))
      fixture.type("\"jörg o'neil\".x@bücher.example")
      return fixture
    },
    GoldenScreen(name: "repair") {
      var fixture = Fixture.session
      fixture.press(.alt("3"))
      fixture.type("bob (home) @example.org.")
      return fixture
    },
    GoldenScreen(name: "auth") {
      var fixture = Fixture.auth
      fixture.press(.tab)
      fixture.type("VXNlcm5hbWU6")
      fixture.press(.backTab)
      return fixture
    },
    GoldenScreen(name: "decode") {
      var fixture = Fixture.auth
      fixture.press(.control("T"))
      fixture.give(.input(.paste(Array("AUTH PLAIN AGFsaWNlAHdvbmRlcmxhbmQ=\n535 5.7.8 no".utf8))))
      return fixture
    },
    GoldenScreen(name: "token") { .tokenRefused },
    GoldenScreen(name: "path") {
      var fixture = Fixture.session
      fixture.type("RCPT TO:<carol..x@example.org> NOTIFY=NEVER")
      return fixture
    },
    GoldenScreen(name: "tls") {
      var fixture = Fixture.session
      fixture.press(.alt("5"))
      return fixture
    },
    GoldenScreen(name: "hostile") {
      var fixture = Fixture()
      fixture.begin()
      fixture.event("connected", "192.0.2.66:25")
      fixture.received("220 \u{1B}]0;owned\u{07}\u{1B}[2J \u{202E}moc.elpmaxe \u{9B}31m")
      fixture.happen(.received(.init([0x32, 0x35, 0x30, 0x20, 0xFF, 0xFE, 0x00, 0x41, 0xCC, 0x81], ending: .bareLF)))
      return fixture
    },
  ]
}

struct GoldenTests {
  static let sizes = [(80, 24), (120, 40), (60, 15), (39, 9)]

  private static let directory = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Golden")

  @Test("each screen is as it was drawn", arguments: GoldenScreen.all)
  func screens(_ screen: GoldenScreen) throws {
    let isUpdate = ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1"
    for (width, height) in Self.sizes where (width, height) != (39, 9) || screen.name == "session" {
      var fixture = screen.make()
      fixture.give(.input(.resize(width: width, height: height)), after: .zero)
      let text = fixture.screen(width, height)
      let file = Self.directory.appending(path: "\(screen.name)-\(width)x\(height).txt")
      if isUpdate { try Data(text.utf8).write(to: file) }
      let golden = try String(decoding: Data(contentsOf: file), as: UTF8.self)
      for (row, pair) in zip(
        golden.split(separator: "\n", omittingEmptySubsequences: false),
        text.split(separator: "\n", omittingEmptySubsequences: false)
      ).enumerated() {
        #expect(pair.0 == pair.1, "\(screen.name) \(width)×\(height) row \(row)")
      }
      #expect(golden.utf8.count == text.utf8.count)
    }
  }

  @Test("every screen has a word for what it is in row 0")
  func roleWords() {
    for (name, word) in [("session", " LIVE "), ("replay", " REPLAY ")] {
      guard let screen = GoldenScreen.all.first(where: { $0.name == name }) else { continue }
      for (width, height) in Self.sizes.dropLast() { #expect(screen.make().screen(width, height).hasPrefix(word)) }
    }
    var fixture = Fixture()
    fixture.begin("127.0.0.1:2525", isReference: true)
    #expect(fixture.screen().hasPrefix(" REF 127.0.0.1:2525  plain"))
  }
}
