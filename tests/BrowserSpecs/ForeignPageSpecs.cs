using BrowserSpecs.Harness;
using ProcessSpecs.Harness;
using Xunit;
using Xunit.Abstractions;

namespace BrowserSpecs;

/// <summary>What a page of another site can do, in the browser of somebody who has the stage open: nothing.</summary>
public sealed class ForeignPageSpecs(StageInBrowser stage, ITestOutputHelper screen) : StageSpec(stage, screen)
{
    protected override bool IsMeant(string complaint) => true; // the browser says at length what it did not allow

    // Everything that a page can send to another host, with and without asking first. Says what could be read of the answers.
    const string Attack = """
        const [stage, done] = arguments;
        const send = (path, method, type, body, mode) =>
          fetch(stage + path, { method, mode, body, headers: type === null ? {} : { "Content-Type": type } }).then(answer => answer.text()).catch(() => "");
        navigator.sendBeacon(stage + "/reset");
        new Image().src = stage + "/state";
        const frames = new Promise(resolve => Object.assign(new EventSource(stage + "/events"), { onmessage: ({ data }) => resolve(data), onerror: () => resolve("") }));
        Promise.all([
          send("/reset", "POST", null, null, "no-cors"), send("/reset", "POST", "text/plain", "", "cors"),
          send("/marks", "POST", "text/plain", '{"text":"foreign"}', "no-cors"), send("/marks", "POST", "application/json", '{"text":"foreign"}', "cors"),
          send("/service-b", "POST", "text/plain", '{"do":"kill"}', "no-cors"),
          send("/load", "PUT", "application/json", '{"on":false}', "cors"), send("/knobs", "PATCH", "application/json", '{"MAX_RETRIES":9}', "cors"),
          send("/faults", "PUT", "application/json", '[{"kind":"outage"}]', "cors"),
          send("/state", "GET", null, undefined, "cors"), send("/history", "GET", null, undefined, "cors"), frames,
        ]).then(read => done(read.join("")));
        """;

    const string Form = """
        const form = Object.assign(document.createElement("form"), { method: "post", action: arguments[0] + "/marks", enctype: "text/plain" });
        form.append(Object.assign(document.createElement("input"), { name: '{"text":"foreign","a":"', value: '"}' }));
        document.documentElement.append(form);
        form.submit();
        """;

    [BrowserFact]
    public async Task A_page_of_another_site_can_neither_change_nor_read_anything()
    {
        await Stage.Lab.Patch("""{"MAX_RETRIES":1}""");
        await Stage.Lab.Send(HttpMethod.Put, "/load", """{"on":true}""");
        var before = (await Stage.Lab.Get("/history")).Json["marks"]!.AsArray().Count;
        var pid = (int)(await Stage.B.Get("/state")).Json["pid"]!;
        var foreign = Stage.Browser.Open($"{Stage.AddressOfA}/livez"); // any page that is not the stage's

        Assert.Equal("", foreign.RunUntilCalled(Attack, Stage.Address));
        foreign.Run(Form, Stage.Address);
        await foreign.Shows("body", text => text.Contains("403", StringComparison.Ordinal) || text.Contains("origin", StringComparison.OrdinalIgnoreCase), "that it was refused");

        var asked = Stage.Browser.Asked().Where(address => address.Authority == new Uri(Stage.Address).Authority).Select(address => address.AbsolutePath).ToHashSet();
        Assert.ProperSuperset(new HashSet<string>(["/reset", "/marks", "/service-b", "/state"]), asked);
        var frame = await Stage.Lab.Frame("it goes on", frame => (bool)frame["load"]!["on"]!);
        Assert.Equal((1, before), ((int)await Stage.A.Knob("MAX_RETRIES"), (int)frame["marks"]!));
        Assert.Empty(frame["faults"]!.AsArray());
        Assert.Equal(pid, (int)(await Stage.B.Get("/state")).Json["pid"]!);
    }
}
