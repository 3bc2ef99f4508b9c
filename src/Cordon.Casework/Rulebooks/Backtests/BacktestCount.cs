using System.Collections.Immutable;
using Cordon.Engine.Rules;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Rulebooks.Backtests;

/// <summary>Counts what a rulebook does to signals, one after another.</summary>
internal sealed class BacktestCount
{
    public const int MostOverlaps = 50;
    private const long MicrosPerDay = 86_400_000_000;

    private readonly ConfirmedFraud fraud;
    private readonly ImmutableArray<Rule> rules;
    private readonly Dictionary<string, int> places;
    private readonly long[] hits;
    private readonly long[] alone;
    private readonly long[] confirmed;
    private readonly long[] kinds = new long[(int)SignalKind.TransferCorrection + 1];
    private readonly Dictionary<(int, int), long> pairs = [];
    private readonly SortedDictionary<int, DayCount> days = [];
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private readonly HashSet<string> caught = new(StringComparer.Ordinal);
    private readonly HashSet<string> honest = new(StringComparer.Ordinal);
    private readonly List<string> touched = [];
    private long stopped;
    private long warned;
    private long honestStopped;

    public BacktestCount(Rulebook rulebook, ConfirmedFraud fraud)
    {
        (this.fraud, rules) = (fraud, rulebook.Rules);
        places = rules.Select((r, i) => (r.Id, i)).ToDictionary(r => r.Id, r => r.i, StringComparer.Ordinal);
        (hits, alone, confirmed) = (new long[rules.Length], new long[rules.Length], new long[rules.Length]);
    }

    public void Take(Signal signal, Verdict verdict)
    {
        kinds[(int)signal.Kind]++;
        var number = (int)Math.Floor(signal.At.Micros / (double)MicrosPerDay);
        if (!days.TryGetValue(number, out var day)) days.Add(number, day = new DayCount());
        day.Signals++;
        Touch(signal);
        foreach (var name in touched) seen.Add(name);
        if (verdict.Action == VerdictAction.Warn) warned++;
        if (verdict.Action >= VerdictAction.Hold) Stop(signal, day);
        if (!verdict.Reasons.IsEmpty) Count(verdict);
    }

    public BacktestReport Report(double seconds)
    {
        double? precision = stopped == 0 ? null : (stopped - honestStopped) / (double)stopped;
        double? recall = seen.Count == 0 ? null : caught.Count / (double)seen.Count;
        return new BacktestReport(
            new BacktestTally(kinds.Sum(), stopped, honestStopped, precision, recall),
            warned, fraud.Count, seen.Count, caught.Count, honest.Count,
            [.. rules.Select((r, i) => new BacktestRule(r.Id, r.Kind, r.Action, hits[i], alone[i], confirmed[i], r.Cost * kinds[(int)r.Kind]))
                .OrderByDescending(r => r.Hits).ThenBy(r => r.Rule, StringComparer.Ordinal)],
            [.. pairs.OrderByDescending(p => p.Value).ThenBy(p => p.Key).Take(MostOverlaps)
                .Select(p => new BacktestOverlap(rules[p.Key.Item1].Id, rules[p.Key.Item2].Id, p.Value))],
            [.. days.Select(d => new BacktestDay(d.Key, d.Value.Signals, d.Value.Stopped, d.Value.Honest))], seconds);
    }

    private void Stop(Signal signal, DayCount day)
    {
        stopped++;
        day.Stopped++;
        foreach (var name in touched) caught.Add(name);
        if (touched.Count > 0) return;
        honestStopped++;
        day.Honest++;
        honest.Add(Actor(signal));
    }

    private void Count(Verdict verdict)
    {
        var reasons = verdict.Reasons;
        for (var i = 0; i < reasons.Length; i++)
        {
            var place = places[reasons[i].Rule];
            hits[place]++;
            if (reasons.Length == 1) alone[place]++;
            if (touched.Count > 0) confirmed[place]++;
            for (var j = i + 1; j < reasons.Length; j++)
            {
                var other = places[reasons[j].Rule];
                var pair = place < other ? (place, other) : (other, place);
                pairs[pair] = pairs.GetValueOrDefault(pair) + 1;
            }
        }
    }

    /// <summary>What of the confirmed fraud a signal touches.</summary>
    private void Touch(Signal signal)
    {
        touched.Clear();
        switch (signal)
        {
            case Call c:
                Number(c.Caller);
                Number(c.Callee);
                break;
            case Message m:
                Number(m.Sender);
                Number(m.Recipient);
                Name(m.Link);
                break;
            case Subscription s:
                Number(s.Line);
                break;
            case AccountOpening a:
                Account(a.Account);
                break;
            case Transfer t:
                Account(t.Payer);
                Account(t.Payee);
                break;
            case WebVisit w:
                Name(w.Domain);
                break;
        }

        void Number(PhoneNumber number)
        {
            if (fraud.Numbers.Contains(number)) touched.Add(number.ToString());
        }

        void Account(AccountNumber? account)
        {
            if (account is { } known && fraud.Accounts.Contains(known)) touched.Add(known.ToString());
        }

        void Name(Domain? domain)
        {
            if (domain is { } known && fraud.Domains.Contains(known.Name)) touched.Add(known.Name);
        }
    }

    /// <summary>On whose act the stop fell.</summary>
    private static string Actor(Signal signal) => signal switch
    {
        Call c => c.Caller.ToString(),
        Message m => m.Sender.ToString(),
        Subscription s => s.Line.ToString(),
        AccountOpening a => a.Account.ToString(),
        Transfer t => (t.Payer ?? t.Payee).ToString()!,
        WebVisit w => w.Line.ToString(),
        _ => throw new ArgumentOutOfRangeException(nameof(signal), signal.Kind, "Not of the closed set."),
    };

    private sealed class DayCount
    {
        public long Signals { get; set; }

        public long Stopped { get; set; }

        public long Honest { get; set; }
    }
}
