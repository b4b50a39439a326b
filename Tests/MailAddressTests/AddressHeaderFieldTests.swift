import MailAddress
import Testing

struct AddressHeaderFieldTests {
  @Test("the name of an address field is found, a group's name is none")
  func findsNames() {
    let from = AddressHeaderField(Array("FROM : a@b.net".utf8))
    #expect(from.name == "From" && from.bodyStart == 6 && from.content == .mailboxList)
    #expect(AddressHeaderField(Array("Reply-To:a@b.net".utf8)).name == "Reply-To")
    #expect(AddressHeaderField(Array("Resent-Sender:a@b.net".utf8)).content == .mailbox)
    for text in ["Friends: a@b.net;", "a@b.net", "To", "Tom: a@b.net;", ""] {
      #expect(AddressHeaderField(Array(text.utf8)) == AddressHeaderField([]))
    }
  }

  @Test("Sender has one mailbox, the others have lists")
  func knowsContents() {
    let sender = AddressHeaderField(Array("Sender:".utf8))
    let to = AddressHeaderField(Array("To:".utf8))
    #expect(sender.allows(AddressListParser.parse("a@b.net")))
    #expect(!sender.allows(AddressListParser.parse("a@b.net, c@d.net")))
    #expect(to.allows(AddressListParser.parse("a@b.net, g: c@d.net;")))
    #expect(!to.allows(AddressListParser.parse("a@b.net c@d.net")))
  }

  @Test("Bcc may be empty, the others may not")
  func knowsEmptyFields() {
    for (name, body, isAllowed) in [
      ("Bcc:", "", true), ("Resent-Bcc:", " (nobody)", true), ("Bcc:", " ,", true), ("Bcc:", " x", false),
      ("To:", "", false), ("Cc:", " (nobody)", false), ("", "", false),
    ] {
      let field = AddressHeaderField(Array(name.utf8))
      #expect(field.allows(field.list(in: Array(body.utf8))) == isAllowed, "\(name)\(body)")
    }
  }
}
