import Testing

@testable import Workbench

struct StartFormTests {
  @Test("the form begins at the reference MTA, verifies and records")
  func beginning() {
    #expect(StartForm().request == ConnectionRequest(target: "ref"))
  }

  @Test("Tab goes through the switches and back to the target")
  func fields() {
    var form = StartForm()
    var seen: [StartForm.Field] = []
    for _ in 0..<5 {
      form.move(isForward: true)
      seen.append(form.field)
    }
    #expect(seen == [.toggle(0), .toggle(1), .toggle(2), .toggle(3), .target])
    form.move(isForward: false)
    let isToggled = form.toggle()
    #expect(isToggled)
    #expect(form.request.record == false)
  }

  @Test("a recent target is put into the field")
  func recents() {
    var form = Fixture.start.model.start
    form.walkRecents(isDown: true)
    form.walkRecents(isDown: true)
    #expect(form.request.target == "mail.example.org:587")
    for _ in 0..<9 { form.walkRecents(isDown: true) }
    #expect(form.field == .recent(2))
    for _ in 0..<9 { form.walkRecents(isDown: false) }
    #expect(form.field == .target)
  }

  @Test("what is typed is the target from its first letter on, and an empty field means the reference MTA")
  func typed() {
    var form = StartForm()
    #expect(form.target.isEmpty)
    for letter: Unicode.Scalar in ["m", "x"] { form.type(.character(letter)) }
    #expect(form.request.target == "mx")
    form.target.replace(with: Array("  ".utf8))
    #expect(form.request.target == "ref")
  }

  @Test("what was typed comes back behind the recent targets")
  func typedBack() {
    var form = Fixture.start.model.start
    form.type(.character("m"))
    form.walkRecents(isDown: true)
    form.walkRecents(isDown: false)
    #expect(form.request.target == "m")
  }
}
