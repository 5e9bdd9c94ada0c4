using System.Net;
using TinyResilient.Lab.Rehearsals;
using Xunit;

namespace Specs.Lab.Rehearsals;

public class OfflineCheckSpecs
{
    // As Linux writes them: listening on 127.0.0.1:8000, a connection to it, one to 192.0.2.7:443, and the same address in IPv6's table.
    const string Four = """
          sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
           0: 0100007F:1F40 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 101 1 0000000000000000 100 0 0 10 0
           1: 0100007F:C350 0100007F:1F40 01 00000000:00000000 00:00000000 00000000  1000        0 102 1 0000000000000000 20 4 30 10 -1
           2: 0A00000A:C351 070200C0:01BB 02 00000000:00000000 00:00000000 00000000  1000        0 103 1 0000000000000000 20 4 30 10 -1
        """;

    const string Six = """
          sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
           0: 00000000000000000000000001000000:1F40 00000000000000000000000001000000:C350 01 00000000:00000000 00:00000000 00000000  1000        0 201 1 0 20 4 30 10 -1
           1: 0000000000000000FFFF00000100007F:1F40 0000000000000000FFFF00000100007F:C352 01 00000000:00000000 00:00000000 00000000  1000        0 202 1 0 20 4 30 10 -1
        """;

    [Fact]
    public void Linux_s_tables_are_read()
    {
        Assert.Equal(["102 127.0.0.1:8000", "103 192.0.2.7:443"], Rows(Four).Select(row => $"{row.Inode} {row.Other}"));
        Assert.Equal(["201 [::1]:50000", "202 [::ffff:127.0.0.1]:50002"], Rows(Six).Select(row => $"{row.Inode} {row.Other}"));
    }

    [Fact]
    public void Connections_to_this_machine_itself_are_none_to_speak_of()
    {
        var seen = Connections.None.With(3, Rows(Six).Select(row => row.Other)).With(4, []);

        Assert.Equal((Light.Green, "none but to this machine itself, in 2 looks at 4 processes"), (OfflineCheck.OfConnections(seen).Light, OfflineCheck.OfConnections(seen).Reason));
    }

    [Fact]
    public void A_connection_elsewhere_is_red_and_named_and_not_forgotten()
    {
        var seen = Connections.None.With(3, Rows(Four).Select(row => row.Other)).With(3, []);

        var finding = OfflineCheck.OfConnections(seen);

        Assert.Equal((Light.Red, "opened to 192.0.2.7:443"), (finding.Light, finding.Reason));
    }

    [Fact]
    public void Where_nobody_could_look_nothing_is_claimed()
    {
        Assert.Equal(Light.Unknown, OfflineCheck.OfConnections(null).Light);
        Assert.Equal(Light.Unknown, OfflineCheck.OfConnections(Connections.None).Light);
    }

    [Theory]
    [InlineData("<script src=\"https://cdn.example.org/x.js\">", "cdn.example.org")]
    [InlineData("<link href='//fonts.example.org/css'>", "fonts.example.org")]
    [InlineData("@import url(//example.org/a.css);", "example.org")]
    [InlineData("new WebSocket('wss://example.org:8080/')", "example.org")]
    [InlineData("fetch(`http://192.0.2.7/`)", "192.0.2.7")]
    [InlineData("// see https://example.org\nlet a = 1 // and https://example.org", "")]
    [InlineData("/* https://example.org\n */ <!-- http://example.org -->", "")]
    [InlineData("const svg = \"http://www.w3.org/2000/svg\", here = \"http://localhost:8080/\";", "")]
    [InlineData("const url = \"/assets/a.js\"; // its own", "")]
    public void A_page_that_names_another_host_is_found_out(string text, string hosts) =>
        Assert.Equal(hosts, string.Join(' ', ForeignHosts.In(text)));

    [Fact]
    public void Our_own_pages_name_none()
    {
        var pages = Pages.All();

        Assert.Contains(pages, page => page.Name == "stage/stage.html");
        Assert.Contains(pages, page => page.Name.StartsWith("uPlot", StringComparison.Ordinal));
        Assert.Equal(Light.Green, OfflineCheck.OfPages(pages).Light);
        Assert.Equal("they name example.org in a.js", OfflineCheck.OfPages([("a.js", "fetch('http://example.org/')")]).Reason);
    }

    [Fact]
    public void A_process_and_all_that_stem_from_it_are_looked_at()
    {
        Assert.Equal([7, 8, 9, 11], ProcessTree.Of(7, [(8, 7), (9, 7), (10, 1), (11, 9)]));
        Assert.Equal((7, 0), (ProcessTree.ParentOf("12 (a) name) S 7 12 12"), ProcessTree.ParentOf(null)));
    }

    static IEnumerable<(string Inode, IPEndPoint Other)> Rows(string table) => SocketTable.Rows(table.Split('\n'));
}
