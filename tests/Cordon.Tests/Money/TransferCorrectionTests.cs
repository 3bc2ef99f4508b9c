using Cordon.Engine.Money;
using Cordon.Engine.Rules;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;

namespace Cordon.Tests.Money;

public sealed class TransferCorrectionTests
{
    private readonly Ladder ladder = new Ladder().Empty("v:1", "m:1", "m:2");

    [Fact]
    public void A_transfer_reversed_takes_part_in_no_trace()
    {
        ladder.Pay("t1", "v:1", "m:1", 100, 1).Pay("t2", "m:1", "m:2", 60, 2);
        Assert.True(ladder.Graph.Correct(Reversal("c1", "m", "t2", 5)));
        Assert.Equal("t1=100/1 | m:1=100 Held/1 | ", Ladder.Tell(ladder.Trace(Ladder.Seed("v", "t1")).Least));
        Assert.True(ladder.Graph.TryGetTransfer(MemberCode.Parse("m"), new SignalId("t2"), out var facts) && facts.IsReversed);
        Assert.True(ladder.Graph.TryGetStanding(AccountNumber.Parse("m:1"), Currency.Cny, out var standing));
        Assert.Equal(100, standing.Balance!.Value.Minor);
        Assert.Equal("t1", Assert.Single(ladder.Graph.TransfersOf(AccountNumber.Parse("m:1"), Currency.Cny, 0, 10)).Id.Text);
    }

    [Fact]
    public void A_reversal_may_come_before_its_transfer_and_be_taken_back()
    {
        Assert.False(ladder.Graph.Correct(Reversal("c1", "m", "t2", 5)));
        ladder.Pay("t1", "v:1", "m:1", 100, 1).Pay("t2", "m:1", "m:2", 60, 2);
        Assert.Equal("t1=100/1 | m:1=100 Held/1 | ", Ladder.Tell(ladder.Trace(Ladder.Seed("v", "t1")).Least));
        Assert.False(ladder.Graph.Correct(Reversal("c0", "m", "t2", 4, reversed: false)));
        Assert.True(ladder.Graph.Correct(Reversal("c2", "m", "t2", 6, reversed: false)));
        Assert.Equal("t1=100/1, t2=60/2 | m:1=40 Held/1, m:2=60 Held/2 | ", Ladder.Tell(ladder.Trace(Ladder.Seed("v", "t1")).Least));
    }

    [Fact]
    public void A_seed_reversed_is_passed_over_and_a_trace_of_nothing_else_is_refused()
    {
        ladder.Pay("t1", "v:1", "m:1", 100, 1).Pay("t2", "v:1", "m:2", 50, 1);
        ladder.Graph.Correct(Reversal("c1", "v", "t1", 5));
        Assert.Equal(50, ladder.Trace(Ladder.Seed("v", "t1"), Ladder.Seed("v", "t2")).Seeded.Minor);
        Assert.Equal(TraceRefusal.Reversed, ladder.Graph.Trace(new TraceRequest([Ladder.Seed("v", "t1")], Instant.Max, TraceBounds.Default), out _));
    }

    [Fact]
    public void A_correction_that_breaks_its_own_limits_is_refused()
    {
        Assert.Throws<ArgumentException>(() => ladder.Graph.Correct(Reversal("c1", "m", "t1", 5) with { Reversed = null }));
        Assert.Throws<ArgumentException>(() => ladder.Graph.Correct(Reversal("c1", "m", "t1", 5) with { Teller = MemberCode.Parse("v") }));
        Assert.Throws<ArgumentException>(() => ladder.Graph.Correct(Reversal("c1", "m", "t1", 5) with { OrderReference = "with blank" }));
    }

    [Fact]
    public void A_correction_is_a_fact_with_an_id_of_its_own_and_is_not_judged()
    {
        var engine = new ScreeningEngine(Rulebook.Empty);
        var told = new SignalAccepted(Ladder.Transfer("t1", "v:1", "p:1", 100, 1));
        var given = new SignalAccepted(new TransferCorrection(new SignalId("c1"), MemberCode.Parse("v"), Ladder.Day(2), MemberCode.Parse("v"), new SignalId("t1"), null, "R1"));
        engine.Step(told);
        Assert.Equal(VerdictAction.Allow, engine.Step(given)!.Action);
        Assert.Equal(Admission.Repeat, engine.Admit(given));
        Assert.Equal(Admission.Conflict, engine.Admit(given with { Signal = (TransferCorrection)given.Signal with { OrderReference = "R2" } }));
        Assert.Equal("R1", engine.Known.FindTransfer(MemberCode.Parse("v"), new SignalId("t1"))!.OrderReference);
    }

    private static TransferCorrection Reversal(string id, string member, string transfer, double day, bool reversed = true) =>
        new(new SignalId(id), MemberCode.Parse(member), Ladder.Day(day), MemberCode.Parse(member), new SignalId(transfer), reversed, null);
}
