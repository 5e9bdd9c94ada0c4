using System.Text.Json.Nodes;
using TinyResilient.Lab.Running;
using Xunit;

namespace Specs.Lab.Running;

public class ControlsSpecs
{
    [Fact]
    public void Before_an_arm_every_knob_gets_its_default_whatever_the_services_began_with_and_a_knob_of_one_lane_is_taken_off() =>
        Assert.Equal(
            """{"MAX_RETRIES":2,"JITTER":"full","ACTOR_MAX_RETRIES":null,"HTTP_JITTER":null,"ACTOR_SUPERVISION":"restart","HTTP_BREAKER":"ratio"}""",
            Controls.Defaults(JsonNode.Parse("""
                {"MAX_RETRIES":{"value":4,"default":2},"JITTER":{"value":"none","default":"full"},
                 "ACTOR_MAX_RETRIES":{"value":5,"default":2},"HTTP_JITTER":{"value":"none","default":"full"},
                 "ACTOR_SUPERVISION":{"value":"resume","default":"restart"},"HTTP_BREAKER":{"value":"ratio","default":"ratio"},
                 "SEED":{"value":1795463616332,"default":0}}
                """)!.AsObject()).ToJsonString());
}
