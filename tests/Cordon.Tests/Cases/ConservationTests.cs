using System.Collections.Immutable;
using Cordon.Casework.Cases;
using Cordon.Engine.Money;
using Cordon.Engine.Rules;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Cordon.Simulator;
using Cordon.Simulator.Play;

namespace Cordon.Tests.Cases;

/// <summary>Every stolen fen is in exactly one place, at both ends of the interval, whatever was stopped.</summary>
public sealed class ConservationTests
{
    private const int Seeds = 200;

    [Fact]
    public void Over_200_provinces_every_fen_is_in_exactly_one_place()
    {
        var (cases, stopped, intervals) = (0, 0L, 0);
        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            var played = new Played(seed);
            foreach (var statement in played.Statements)
            {
                cases++;
                if (!statement.Losses.Exact) intervals++;
                stopped += statement.Losses.Least.HeldStopped;
                Check(seed, statement);
            }
        }
        // A play that stopped nothing, or knew every opening, would prove little.
        Assert.True(cases > Seeds && stopped > 0 && intervals > 10, $"{cases} cases, {stopped} fen stopped, {intervals} intervals");
    }

    private static void Check(ulong seed, Statement statement)
    {
        foreach (var (places, answer) in new[] { (statement.Losses.Least, statement.Trace.Least), (statement.Losses.Most, statement.Trace.Most) })
        {
            Assert.True(places.Sum == places.Reported, $"seed {seed}: {places}");
            Assert.True(places.Reported == statement.Stolen, $"seed {seed}: reported {places.Reported}, stolen {statement.Stolen}");
            Assert.True(answer.Accounts.Sum(a => a.Remains) + answer.Exits.Sum(e => e.Flow.Stolen) == places.Reported, $"seed {seed}: lots do not add up");
            Assert.True(new[] { places.HeldFree, places.HeldStopped, places.InPool, places.CashedOut, places.Spent, places.LostFromSight, places.Returned }.All(p => p >= 0), $"seed {seed}: {places}");
            Assert.True(places.HeldStopped <= statement.Held, $"seed {seed}: more stopped than was held");
        }
    }

    private sealed record Statement(Trace Trace, LossStatement Losses, long Stolen, long Held);

    /// <summary>A tiny province played with stops at every account that a report's trace finds money in.</summary>
    private sealed class Played
    {
        private readonly ScreeningEngine engine = new(Rulebook.Empty);
        private readonly ProvincePlay play;
        private readonly List<(ImmutableArray<TraceSeed> Seeds, long Stolen, int Case)> reported = [];
        private readonly Dictionary<string, (int Case, AccountNumber Account, long Held)> orders = [];

        public Played(ulong seed)
        {
            var province = Province.Make(seed, ProvinceOptions.Tiny);
            play = province.Play();
            foreach (var report in province.Reports)
            {
                Take(play.AdvanceTo(report.ReportedAt));
                Report(report);
            }
            Take(play.AdvanceTo(province.Options.Start + TimeSpan.FromDays(province.Options.Days + 1)));
        }

        public IEnumerable<Statement> Statements => reported.Select(r =>
        {
            var held = orders.Values.Where(o => o.Case == r.Case).GroupBy(o => o.Account).ToDictionary(g => g.Key, g => g.Sum(o => o.Held));
            var trace = TraceOf(r.Seeds)!;
            return new Statement(trace, LossStatement.From(trace, held), r.Stolen, held.Values.Sum());
        });

        private void Take(PlayStep step)
        {
            foreach (var signal in step.Signals) engine.Step(new SignalAccepted(signal));
            foreach (var reply in step.Replies)
                if (reply is { Kind: StopReplyKind.Receipt, Repeat: false }) orders[reply.OrderId] = orders[reply.OrderId] with { Held = reply.Held!.Value.Minor };
        }

        private void Report(ProvinceReport report)
        {
            // The reported payments that banks told, as a case finds them by receipt or by amount, parties and time.
            var losses = report.Losses.Select(l => new Casework.Reports.ReportedLoss(l.TransferId, l.Member, l.Payer, l.Payee, l.Amount, l.At)).ToImmutableArray();
            var found = LossMatch.Find(engine.Known.Money, losses);
            if (found.IsEmpty) return;
            var seeds = found.Select(f => (TraceSeed)new TransferSeed(f.Transfer.Member, f.Transfer.Id)).ToImmutableArray();
            reported.Add((seeds, found.Sum(f => f.Transfer.Amount.Minor), reported.Count));
            foreach (var account in TraceOf(seeds)!.Least.Accounts.Where(a => a is { Outcome: TraceOutcome.Held, Remains: > 0 }))
            {
                var order = $"order-{orders.Count}";
                orders.Add(order, (reported.Count - 1, account.Account, 0));
                play.AnswerStop(order, account.Account, new Amount(account.Remains, Currency.Cny));
            }
        }

        private Trace? TraceOf(ImmutableArray<TraceSeed> seeds)
        {
            Assert.Null(engine.Known.Money.Trace(new TraceRequest(seeds, Instant.Max, TraceBounds.Default), out var trace));
            return trace;
        }
    }
}
