import Glibc
import MTACore
import Testing

@testable import ReferenceMTA

@Suite("Maildirs")
struct MaildirWriterTests {
  @Test("a message appears in new, whole, and nothing stays in tmp")
  func deliver() throws {
    let place = Playground()
    defer { place.remove() }
    let writer = MaildirWriter(root: place.path + "/mail", host: "mail/example:com")
    let time = MTATime(seconds: 1_136_239_445, microseconds: 42)
    let first = try writer.deliver([Array("A: b\n".utf8), Array("\nhi\n".utf8)], to: "bob", at: time)
    let second = try writer.deliver([[]], to: "bob", at: time)
    #expect(first != second)
    #expect(place.list("mail/bob") == ["cur", "new", "tmp"])
    #expect(place.list("mail/bob/tmp").isEmpty)
    #expect(place.list("mail/bob/new").map { "\(place.path)/mail/bob/new/\($0)" } == [first, second].sorted())
    #expect(
      place.list("mail/bob/new").allSatisfy {
        $0.hasPrefix("1136239445.M42P\(getpid())Q") && $0.hasSuffix(".mail_example_com")
      })
    #expect(place.onlyMessage(in: "nobody").isEmpty)
    #expect(place.read("mail/bob/new/" + (first.split(separator: "/").last ?? "")) == "A: b\n\nhi\n")
  }

  @Test("what cannot be written is a failure with the system's words")
  func failure() throws {
    let place = Playground()
    defer { place.remove() }
    try FileSystem.replace(place.path + "/mail", with: "in the way")
    let writer = MaildirWriter(root: place.path + "/mail", host: "h")
    #expect { try writer.deliver([[]], to: "bob", at: MTATime(seconds: 0)) } throws: { error in
      (error as? FileFailure)?.words.hasSuffix("Not a directory") == true
    }
  }
}
