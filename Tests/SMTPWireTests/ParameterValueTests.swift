import Testing

@testable import SMTPWire

/// Values of parameters, given as `NAME=value`: each parameter's grammar is fed what is right and what is wrong.
@Suite struct ParameterValueTests {
  private func fit(_ word: String) -> ParameterValue.Fit? {
    [Command.Verb.mail, .rcpt].lazy.compactMap { ExtensionTable.match(Array(word.utf8)[...], of: $0)?.fit }.first
  }

  @Test(arguments: [
    "SIZE=0", "SIZE=18446744073709551615", "BODY=7BIT", "BODY=8bitmime", "BODY=BINARYMIME", "RET=full", "RET=HDRS",
    "ENVID=QQ+2B1", "AUTH=<>", "AUTH=a+40b", "NOTIFY=never", "NOTIFY=DELAY", "NOTIFY=success,FAILURE,delay",
    "ORCPT=rfc822;a@b.net", "ORCPT=utf-8;\\x{E9}@c.net", "SUBMITTER=a@b.net", "RRVS=2014-04-03T23:01:00Z",
    "RRVS=2014-04-03t23:01:00z;c", "RRVS=2016-12-31T23:59:60.25-08:00;R", "RRVS=2024-02-29T00:00:00+23:59",
    "HOLDFOR=1", "HOLDFOR=999999999", "HOLDUNTIL=2027-01-31T08:00:00Z", "HOLDUNTIL=2027-01-31T08:00:00.5+01:00",
    "BY=120;R", "BY=+120;RT", "BY=-30;N", "BY=0;nt", "BY=999999999;N",
    "MT-PRIORITY=0", "mt-priority=9", "MT-PRIORITY=-9", "MT-PRIORITY=1",
  ])
  func `a right value is whole, and each beginning of it may become one`(_ word: String) {
    #expect(fit(word) == .whole)
    let name = word.prefix { $0 != "=" }
    for end in (name.count + 1)..<word.count {
      #expect(fit(String(word.prefix(end))) != ParameterValue.Fit.none, "\(word.prefix(end))")
    }
  }

  @Test(arguments: [
    "SIZE=-1", "SIZE=1k", "SIZE=184467440737095516150", "BODY=8BIT7", "RET=ALL", "RET=FULLY", "ENVID=a b", "ENVID=+2b",
    "ENVID==", "AUTH=a=b", "NOTIFY=NEVER,DELAY", "NOTIFY=,DELAY", "NOTIFY=DELAY;FAILURE", "ORCPT=;a", "ORCPT=rfc822;=",
    "RRVS=2014-04-03", "RRVS=2014-4-3T1:1:1Z", "RRVS=2014-02-29T00:00:00Z", "RRVS=2100-02-29T00:00:00Z",
    "RRVS=2014-13-01T00:00:00Z", "RRVS=2014-00-01T00:00:00Z", "RRVS=2014-04-31T00:00:00Z", "RRVS=2014-04-03T24:00:00Z",
    "RRVS=2014-04-03T00:60:00Z", "RRVS=2014-04-03T00:00:61Z", "RRVS=2014-04-03T00:00:00+24:00",
    "RRVS=2014-04-03T00:00:00+00:60", "RRVS=2014-04-03T00:00:00.Z", "RRVS=2014-04-03T00:00:00Z;X",
    "RRVS=2014-04-03T00:00:00ZZ", "RRVS=2014-04-03 00:00:00Z",
    "HOLDFOR=0", "HOLDFOR=01", "HOLDFOR=1000000000", "HOLDFOR=-5", "HOLDFOR=5s", "HOLDUNTIL=49374347",
    "HOLDUNTIL=2027-01-31", "HOLDUNTIL=2027-02-30T08:00:00Z", "HOLDUNTIL=2027-01-31T08:00:00",
    "HOLDUNTIL=2027-01-31T08:00:00Z;C",
    "BY=120", "BY=;N", "BY=120;X", "BY=120;RX", "BY=120;TR", "BY=-30;R", "BY=0;R", "BY=000;RT", "BY=1000000000;N",
    "BY=--1;N", "BY=1.5;N", "BY=120;NR",
    "MT-PRIORITY=10", "MT-PRIORITY=-10", "MT-PRIORITY=+1", "MT-PRIORITY=-0", "MT-PRIORITY=00", "MT-PRIORITY=a",
    "MT-PRIORITY=--1", "MT-PRIORITY=1.0",
  ])
  func `a wrong value is none`(_ word: String) {
    let fit = fit(word)
    #expect(fit != .whole && fit != nil)
  }

  @Test func `a value of any length is answered`() {
    let long = String(repeating: "9", count: 100_000)
    for word in ["SIZE=", "BODY=", "NOTIFY=", "RRVS=", "RRVS=2014-04-03T00:00:00."] {
      #expect(fit(word + long) == ParameterValue.Fit.none)
    }
  }

  @Test func `a form for the grammar names what may stand there`() {
    let form = { (name: String) in
      ExtensionTable.match(Array((name + "=").utf8)[...], of: .rcpt)?.parameter.value?.form
    }
    #expect(form("NOTIFY") == "NEVER|SUCCESS,FAILURE,DELAY")
    #expect(form("ORCPT") == "type;xtext")
  }
}
