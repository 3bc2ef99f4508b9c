using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Money;

/// <summary>What was told since changed where a case's money is.</summary>
/// <param name="Case">The case.</param>
/// <param name="Trace">Where the money is now; null where it can no longer be told.</param>
/// <param name="More">The accounts of members in sight that hold more of it than before, those with most first: what to stop next.</param>
public sealed record PursuitStep(Guid Case, Trace? Trace, ImmutableArray<PursuitStop> More);

/// <summary>Money that has come into an account since the last step.</summary>
/// <param name="Account">The account.</param>
/// <param name="Units">How much of the case's money is there now, minor units: the larger end of the answer.</param>
/// <param name="Before">How much was there at the step before.</param>
public readonly record struct PursuitStop(AccountNumber Account, long Units, long Before);

/// <summary>
/// Keeps traces alive: it watches the accounts that a case's money reached, and traces the case again when anything is told of one of them: a new
/// transfer, one that comes late, a balance. A trace that nothing touches costs nothing. Money that several reports name is one flow, because a
/// case is traced from all its seeds together. Not part of what a journal gives again: it is begun anew from the open cases.
/// </summary>
public sealed class Pursuit
{
    private readonly MoneyGraph graph;
    private readonly MoneyWatch watch = new();
    private readonly Dictionary<Guid, int> numbers = [];
    private readonly Dictionary<int, Chase> chases = [];
    private int next;

    internal Pursuit(MoneyGraph graph)
    {
        this.graph = graph;
        graph.Watch = watch;
    }

    /// <summary>Whether something was told since the last step of money that is pursued.</summary>
    public bool IsTouched => watch.IsTouched;

    /// <summary>How many cases are pursued.</summary>
    public int Count => chases.Count;

    /// <summary>Traces a case and watches what it reached from now on. A case that is pursued already goes on with the new request.</summary>
    /// <param name="traced">The case.</param>
    /// <param name="request">Its seeds.</param>
    /// <param name="trace">Where the money is now; null where refused.</param>
    /// <returns>Why there is no answer; null where there is one. A case that never had one is not pursued.</returns>
    public TraceRefusal? Follow(Guid traced, TraceRequest request, out Trace? trace)
    {
        var refusal = graph.Trace(request, out trace);
        if (trace is null)
        {
            // A seed that was reversed may come back, so what was watched is watched on.
            if (numbers.TryGetValue(traced, out var known)) chases[known] = new Chase(traced, request, []);
            return refusal;
        }
        if (!numbers.TryGetValue(traced, out var number)) numbers.Add(traced, number = next++);
        chases[number] = new Chase(traced, request, Holding(trace));
        watch.Watch(number, WatchedOf(request, trace));
        return null;
    }

    /// <summary>Pursues a case no longer.</summary>
    public void Leave(Guid traced)
    {
        if (!numbers.Remove(traced, out var number)) return;
        chases.Remove(number);
        watch.Forget(number);
    }

    /// <summary>Traces again the cases of which something was told since the last time.</summary>
    public IReadOnlyList<PursuitStep> Advance()
    {
        if (!watch.IsTouched) return [];
        var steps = new List<PursuitStep>();
        foreach (var number in watch.TakeTouched())
        {
            var chase = chases[number];
            Follow(chase.Case, chase.Request, out var trace);
            steps.Add(new PursuitStep(chase.Case, trace, trace is null ? [] : More(chase.Held, chases[number].Held)));
        }
        return steps;
    }

    private static ImmutableArray<PursuitStop> More(Dictionary<AccountNumber, long> before, Dictionary<AccountNumber, long> now)
    {
        var more = new List<PursuitStop>();
        foreach (var (account, units) in now)
            if (before.GetValueOrDefault(account) is var held && units > held) more.Add(new PursuitStop(account, units, held));
        more.Sort(static (a, b) => a.Units != b.Units ? b.Units.CompareTo(a.Units) : AccountNumber.CompareTexts(a.Account, b.Account));
        return [.. more];
    }

    private static Dictionary<AccountNumber, long> Holding(Trace trace)
    {
        var held = new Dictionary<AccountNumber, long>();
        foreach (var end in Ends(trace))
        {
            foreach (var account in end.Accounts)
            {
                if (account.Outcome != TraceOutcome.Held || account.Remains == 0) continue;
                ref var units = ref CollectionsMarshal.GetValueRefOrAddDefault(held, account.Account, out _);
                units = Math.Max(units, account.Remains);
            }
        }
        return held;
    }

    // The accounts reached; and in pools the orders under which money came, because an order goes on from any pooled account of its member.
    private int[] WatchedOf(TraceRequest request, Trace trace)
    {
        var things = new HashSet<int>();
        // What comes late into an account from which a seed counts can change which transfers are meant.
        foreach (var seed in request.Seeds.OfType<AccountSeed>()) things.Add(MoneyWatch.OfLine(graph.FindLine(seed.Account, trace.Seeded.Currency)));
        foreach (var end in Ends(trace))
        {
            var pools = false;
            foreach (var account in end.Accounts)
            {
                things.Add(MoneyWatch.OfLine(graph.FindLine(account.Account, trace.Seeded.Currency)));
                pools |= account.Kind == AccountKind.Pool;
            }
            // Whether a seed left a pool is told of its payer.
            foreach (var flow in end.Flows)
                if (flow is { Layer: 1, From: { } payer }) things.Add(MoneyWatch.OfLine(graph.FindLine(payer, trace.Seeded.Currency)));
            if (!pools) continue;
            foreach (var flow in end.Flows)
                if (graph.References.NumberOf(graph.FindTransfer(flow.Member, flow.Transfer)) is var reference and >= 0) things.Add(MoneyWatch.OfReference(reference));
        }
        return [.. things];
    }

    private static TraceAnswer[] Ends(Trace trace) => trace.Exact ? [trace.Least] : [trace.Least, trace.Most];

    private sealed record Chase(Guid Case, TraceRequest Request, Dictionary<AccountNumber, long> Held);
}
