import Foundation
import Testing

/// The AUTH screen of the workbench as its user meets it, with the reference MTA inside.
struct AuthScreenTests {
  private let home: TemporaryDirectory
  private let terminal: Terminal

  init() throws {
    home = try TemporaryDirectory()
    terminal = try Terminal([Program.parley], home: home.path)
  }

  private func connect() throws {
    try terminal.expect("ref MTA up")
    try terminal.press("Enter")
    try terminal.expect("220 ")
    try terminal.type(line: "EHLO client.example")
    try terminal.expect("250 CHUNKING")
  }

  private func type(_ text: String) throws {
    for character in text { try terminal.press(String(character)) }
  }

  @Test("a login is put together, seen, and carried out; the password is on no screen and in no file")
  func login() throws {
    try connect()
    try terminal.press("M-4")
    try terminal.expect("AUTH ENCODER")
    try terminal.expect("the server offers")
    try type("alice")
    try terminal.press("Tab")
    try type("wonderland")
    try terminal.expect("••••••••••")
    try terminal.expect("235 2.7.0")
    expectNoSecret()
    try terminal.press("Enter")
    try terminal.expect("235 2.7.0 Authentication successful")
    expectNoSecret()
    for file in filesBelow(home.path) { #expect(!file.text.contains("wonderland"), "\(file.path)") }
    let isRecorded = eventually {
      filesBelow(home.path).contains { $0.path.hasSuffix(".smtp") && $0.text.contains("S: 235 2.7.0") }
    }
    #expect(isRecorded)
  }

  @Test("challenges and answers are decoded beside their lines")
  func decoded() throws {
    try connect()
    try terminal.type(line: "AUTH LOGIN foo=")
    try terminal.expect("334 UGFzc3dvcmQ6  = “Password:” (LOGIN prompt)")
    try terminal.type(line: "*")
    try terminal.expect("501")
  }

  @Test("a string is taken apart on the AUTH screen")
  func decode() throws {
    try terminal.expect("Connect to")
    try terminal.press("M-4", "C-t")
    for character in "VXNlcm5hbWU6" { try terminal.press(String(character)) }
    try terminal.expect("Username:")
    try terminal.expect("LOGIN prompt")
  }

  private func expectNoSecret() {
    let screen = (try? terminal.screen()) ?? ""
    #expect(!screen.contains("wonderland") && !screen.contains("d29uZGVybGFuZ"), "\(screen)")
  }
}
