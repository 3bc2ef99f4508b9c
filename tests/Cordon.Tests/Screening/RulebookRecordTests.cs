using Cordon.Casework.Rulebooks;
using Cordon.Engine.Rules;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Cordon.Tests.Rulebooks;

namespace Cordon.Tests.Screening;

/// <summary>Records of the journal that change the rules, and what a verdict tells of itself.</summary>
public sealed class RulebookRecordTests
{
    private const string Caller = "+8613800000001";

    private static readonly Rulebook Three = Compiled(3);
    private static readonly Rulebook Five = Compiled(5);
    private int next;

    [Fact]
    public void A_prepared_rulebook_has_its_windows_filled_when_it_begins_to_judge()
    {
        var engine = Engine();
        engine.Step(new RulebookPrepared(Id(), Three.Hash, Scene.Noon));
        Assert.All(SmallRulebook.Calls(Caller, 4), call => Assert.Equal(VerdictAction.Allow, engine.Step(call)!.Action));
        engine.Step(new RulebookActivated(Id(), Three.Hash, Scene.Noon));
        Assert.Null(engine.Prepared);
        var verdict = engine.Step(SmallRulebook.Calls(Caller, 1, from: 5).Single())!;
        Assert.Equal((VerdictAction.Block, Three.Hash), (verdict.Action, verdict.Rulebook));
    }

    [Fact]
    public void A_rulebook_that_was_not_prepared_begins_with_empty_windows()
    {
        var engine = Engine();
        foreach (var call in SmallRulebook.Calls(Caller, 4)) engine.Step(call);
        engine.Step(new RulebookActivated(Id(), Three.Hash, Scene.Noon));
        Assert.Equal(VerdictAction.Allow, engine.Step(SmallRulebook.Calls(Caller, 1, from: 5).Single())!.Action);
    }

    [Fact]
    public void Windows_that_both_rulebooks_declare_go_on_counting()
    {
        var engine = Engine();
        engine.Step(new RulebookActivated(Id(), Five.Hash, Scene.Noon));
        foreach (var call in SmallRulebook.Calls(Caller, 4)) Assert.Equal(VerdictAction.Allow, engine.Step(call)!.Action);
        engine.Step(new RulebookActivated(Id(), Three.Hash, Scene.Noon));
        Assert.Equal(VerdictAction.Block, engine.Step(SmallRulebook.Calls(Caller, 1, from: 5).Single())!.Action);
    }

    [Fact]
    public void A_rulebook_that_is_not_kept_is_named_with_the_record_that_names_it()
    {
        var fault = Assert.Throws<InvalidOperationException>(() => Engine().Step(new RulebookActivated(Id(), new string('b', 64), Scene.Noon)));
        Assert.Contains("record 1", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_verdict_tells_the_value_of_each_part_and_what_would_have_kept_the_rule_silent()
    {
        var engine = Engine();
        engine.Step(new RulebookActivated(Id(), Three.Hash, Scene.Noon));
        var calls = SmallRulebook.Calls(Caller, 4).ToList();
        Verdict verdict = null!;
        foreach (var call in calls) verdict = engine.Step(call)!;
        var signal = ((SignalAccepted)calls[^1]).Signal;
        var whole = Assert.Single(Explanation.Of(signal, verdict, Audience.Centre).Rules);
        Assert.Equal(("callees_24h(call.caller) > 3", "true"), (whole.Steps[0].Text, whole.Steps[0].Value));
        Assert.Equal(("callees_24h(call.caller)", "4", true), (whole.Steps[1].Text, whole.Steps[1].Value, whole.Steps[1].IsRead));
        Assert.Equal(new Counterfactual("callees_24h(call.caller)", "4", "<=", "3"), Assert.Single(whole.Otherwise));
        var member = Assert.Single(Explanation.Of(signal, verdict, Audience.Member).Rules);
        Assert.Equal("hidden", member.Steps[1].Value);
        Assert.Empty(Assert.Single(Explanation.Of(signal, verdict, Audience.Public).Rules).Steps);
    }

    [Fact]
    public void The_end_of_a_call_is_told_and_is_no_second_call()
    {
        var engine = Engine();
        engine.Step(new RulebookActivated(Id(), Three.Hash, Scene.Noon));
        var calls = SmallRulebook.Calls(Caller, 3).Select(c => (Call)((SignalAccepted)c).Signal).ToList();
        foreach (var call in calls)
        {
            engine.Step(new SignalAccepted(call with { DurationSeconds = 0, Phase = CallPhase.SetUp }));
            Assert.Equal(call.Callee, engine.Known.Talks.OtherEnd(call.Caller, call.At + TimeSpan.FromSeconds(20)));
            engine.Step(new SignalAccepted(call with { Id = new SignalId(call.Id.Text + "-end"), At = call.At + TimeSpan.FromSeconds(30), DurationSeconds = 30, Phase = CallPhase.End }));
            Assert.Equal(default, engine.Known.Talks.OtherEnd(call.Caller, call.At + TimeSpan.FromSeconds(40)));
        }
        Assert.Equal(0, engine.AlertCount);
    }

    private static Rulebook Compiled(int most) => RulebookLibrary.Check([SmallRulebook.File(most)]).Rulebook!.Compiled;

    private static ScreeningEngine Engine() => new(Rulebook.Empty, hash => new[] { Three, Five }.FirstOrDefault(r => r.Hash == hash));

    private Guid Id() => new(++next, 0, 0, new byte[8]);
}
