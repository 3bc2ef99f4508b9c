using System.Globalization;
using Cordon.Engine.Money;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;

namespace Cordon.Commands.Bench;

/// <summary>How soon after a transfer came the next stop was proposed.</summary>
/// <param name="PerSecond">Transfers that came a second, whether or not they could be taken.</param>
/// <param name="Seconds">For how long.</param>
/// <param name="Cases">Cases pursued.</param>
/// <param name="Proposals">Stops proposed: one for each transfer out of tainted money, as was checked.</param>
/// <param name="Waits">From when the transfer came to when the stop was proposed.</param>
internal sealed record PursuitTimes(int PerSecond, int Seconds, int Cases, int Proposals, WaitTimes Waits);

/// <summary>
/// Transfers come at a steady rate, on a clock that waits for nobody; one of a hundred moves a case's money on to an account never seen before.
/// Each is put into the graph and the cases it touches are traced again.
/// </summary>
internal sealed class PursuitBench(EngineKnowledge known, TraceWorld world, TimeProvider time)
{
    private const int PerSecond = 50_000;
    private const int PerTick = PerSecond / 1_000;
    private const int Seconds = 10;
    private const int Cases = 500;
    private const int TaintedOf = 100;

    private readonly Random random = new(11);
    private readonly AccountNumber[] holders = new AccountNumber[Cases];
    private int fresh;
    private int number = world.Count;

    public PursuitTimes Run()
    {
        for (var i = 0; i < Cases; i++) Begin(i);
        var waits = new Waits(time);
        var (start, proposals, moved) = (time.GetTimestamp(), 0, 0);
        var tick = new Transfer[PerTick];
        for (var n = 0; n < Seconds * 1_000; n++)
        {
            var expected = new Dictionary<Guid, AccountNumber>();
            for (var i = 0; i < PerTick; i++) tick[i] = Next((n * PerTick) + i, expected);
            moved += expected.Count;
            var due = start + (n * time.TimestampFrequency / 1_000);
            while (time.GetTimestamp() < due) Thread.SpinWait(20);
            known.Money.Add(tick);
            foreach (var step in known.Pursuit.Advance())
            {
                if (!expected.TryGetValue(step.Case, out var account) || step.More.Length != 1 || step.More[0].Account != account) continue;
                waits.Since(due);
                proposals++;
            }
        }
        if (proposals != moved) throw new CommandFault($"{moved} transfers moved money of cases on, and {proposals} stops were proposed.");
        return new PursuitTimes(PerSecond, Seconds, Cases, proposals, waits.Times());
    }

    private void Begin(int place)
    {
        var victim = world.AccountOf(random.Next(world.Accounts));
        var seed = Move(victim, holders[place] = Fresh(), 1_000_000 + random.Next(1_000_000));
        known.Money.Add([seed]);
        known.Pursuit.Follow(IdOf(place), new TraceRequest([new TransferSeed(seed.Member, seed.Id)], Instant.Max, TraceBounds.Default), out _);
    }

    private Transfer Next(int place, Dictionary<Guid, AccountNumber> expected)
    {
        if (place % TaintedOf == 0)
        {
            var moving = place / TaintedOf % Cases;
            var from = holders[moving];
            holders[moving] = Fresh();
            expected[IdOf(moving)] = holders[moving];
            return Move(from, holders[moving], 1_000_000);
        }
        var (payer, payee) = (random.Next(world.Accounts), random.Next(world.Accounts));
        return Move(world.AccountOf(payer), world.AccountOf(payer == payee ? (payee + 1) % world.Accounts : payee), 1 + random.Next(1_000_000));
    }

    // An account whose opening was told, so that the whole of what came moves on.
    private AccountNumber Fresh()
    {
        var account = world.AccountOf(world.Accounts + fresh++);
        known.Money.Open(new AccountOpening(
            new SignalId("F" + fresh.ToString(CultureInfo.InvariantCulture)), account.Member, new Instant(-1), account, AccountKind.Personal, IdentityCheck.Verified, null,
            Amount.Zero(Currency.Cny), null, null));
        return account;
    }

    private Transfer Move(AccountNumber from, AccountNumber to, long minor) => new(
        TraceWorld.IdOf(number), from.Member, new Instant((31L * 24 * 3_600_000_000) + number++), from, to, new Amount(minor, Currency.Cny), TransferMeans.Account, null);

    private static Guid IdOf(int place) => new(place, 0, 0, new byte[8]);
}
