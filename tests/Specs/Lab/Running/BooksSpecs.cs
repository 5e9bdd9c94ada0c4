using System.Text.Json.Nodes;
using TinyResilient.Lab.Running;
using TinyResilient.LoadTest;
using Xunit;

namespace Specs.Lab.Running;

public class BooksSpecs
{
    static readonly Tally client = new()
    {
        Succeeded = 90,
        Failed = 10,
    };

    [Fact]
    public void Agree_when_every_sum_is_right() => Assert.Null(Of().Unbalanced(client, isKilled: false));

    [Theory]
    [InlineData("requests", "failed", "requests of service-a: 100, but their ends add up to 99")]
    [InlineData("attempts", "completed", "attempts of service-a: 130, but their ends add up to 129")]
    public void Name_the_sum_that_is_wrong(string table, string entry, string problem)
    {
        var gateway = Gateway();
        gateway[table]![entry] = (long)gateway[table]![entry]! - 1;
        Assert.Equal(problem, new Books(gateway, [Pool()]).Unbalanced(client, isKilled: false));
    }

    [Fact]
    public void Name_a_request_that_the_client_sent_and_ServiceA_never_saw() => Assert.Equal(
        "requests: client counts 101, service-a 100", Of().Unbalanced(client with { Failed = 11 }, isKilled: false));

    [Fact]
    public void Count_what_the_client_asked_again() => Assert.Equal(
        "requests: client counts 103, service-a 100", Of().Unbalanced(client with { Retries = 3 }, isKilled: false));

    [Fact]
    public void Name_an_attempt_that_ServiceB_never_saw_unless_a_process_died_with_its_books()
    {
        var pool = Pool();
        pool["attempts"]!["received"] = 129L;
        pool["attempts"]!["completed"] = 89L;
        var books = new Books(Gateway(), [pool]);
        Assert.Equal("attempts: service-a counts 130, of which 0 are lost, service-b 129", books.Unbalanced(client, isKilled: false));
        Assert.Null(books.Unbalanced(client, isKilled: true));
    }

    [Theory]
    [InlineData(3, 1, 126, true)]  // the lost one was not seen
    [InlineData(3, 1, 127, true)]  // it was
    [InlineData(3, 1, 125, false)] // another one is missing
    [InlineData(3, 1, 128, false)] // one that was unsent was seen
    public void Miss_in_ServiceB_only_what_is_unsent_and_perhaps_what_is_lost(int unsent, int lost, int received, bool areRight)
    {
        var (gateway, pool) = (Gateway(), Pool());
        gateway["attempts"]!["completed"] = 90L - unsent - lost;
        gateway["attempts"]!["unsent"] = (long)unsent;
        gateway["attempts"]!["lost"] = (long)lost;
        pool["attempts"]!["received"] = (long)received;
        pool["attempts"]!["completed"] = received - 40L;
        Assert.Equal(areRight, new Books(gateway, [pool]).Unbalanced(client with { NoAnswer = 1 }, isKilled: false) is null);
    }

    [Fact]
    public void Name_an_answer_that_ServiceB_never_gave()
    {
        var gateway = Gateway();
        gateway["attempts"]!["completed"] = 91L;
        gateway["attempts"]!["failed"] = 39L;
        Assert.Equal("service-a counts 91 attempts as completed, service-b 90", new Books(gateway, [Pool()]).Unbalanced(client, isKilled: false));
    }

    [Fact]
    public void Behind_a_proxy_no_success_is_counted_that_ServiceB_has_not_completed()
    {
        Assert.Null(new Books(gateway: null, [Pool()]).Unbalanced(client, isKilled: false));
        Assert.Equal("successes: client counts 91, service-b has completed 90",
            new Books(gateway: null, [Pool()]).Unbalanced(client with { Succeeded = 91 }, isKilled: false));
    }

    [Fact]
    public void Work_that_was_begun_is_all_that_a_worker_has_taken()
    {
        var pool = Pool();
        (pool["attempts"]!["refused"], pool["attempts"]!["expired"], pool["attempts"]!["hung"]) = (5L, 7L, 2L);
        Assert.Equal(132, new Books(gateway: null, [pool]).Begun);
    }

    [Fact]
    public void Several_ServiceBs_count_together() => Assert.Equal(180, new Books(Gateway(), [Pool(), Pool()]).Work("completed"));

    static Books Of() => new(Gateway(), [Pool()]);

    static JsonObject Gateway() => JsonNode.Parse("""
        {"requests":{"sent":100,"succeeded":90,"failed":10,"refused":0,"timed_out":0,"caller_gone":0,"in_flight":0},
         "attempts":{"sent":130,"refused":0,"expired":0,"completed":90,"failed":40,"crashed":0,"hung":0,"gone_with_node":0,"lost":0,"unsent":0,"in_flight":0}}
        """)!.AsObject();

    static JsonObject Pool() => JsonNode.Parse("""
        {"attempts":{"received":130,"refused":0,"expired":0,"completed":90,"failed":40,"crashed":0,"hung":0,"waiting":0,"running":0,"wasted":0,"lost":0},
         "effects":{"unique":90,"duplicate":0}}
        """)!.AsObject();
}
