using System.Collections.Immutable;
using Cordon.Casework.Duties;
using Cordon.Casework.Findings;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Liability;

/// <summary>What facts must be before they can be judged. Every fault is told at once.</summary>
internal sealed class LiabilityCheck
{
    /// <summary>The largest payment, minor units: the sum of as many payments as there may be is a whole number still.</summary>
    public const long MostMinor = 1_000_000_000_000_000;

    /// <summary>Payments, members, answers of a member, clock stops and holidays: each at most so many.</summary>
    public const int Most = 1_000;

    /// <summary>The first and last day that facts may name. Terms are counted from them, and a calendar has an end.</summary>
    private static readonly (DateOnly First, DateOnly Last) Days = (new DateOnly(1950, 1, 1), new DateOnly(2200, 12, 31));

    private readonly List<LiabilityFault> found = [];
    private readonly LiabilityFacts facts;
    private readonly DutyPack pack;

    private LiabilityCheck(LiabilityFacts facts, DutyPack pack)
    {
        this.facts = facts;
        this.pack = pack;
    }

    public static ImmutableArray<LiabilityFault> Faults(LiabilityFacts facts, DutyPack pack)
    {
        var check = new LiabilityCheck(facts, pack);
        if (pack.Liability.IsEmpty) check.Add("", $"The pack {pack.Id} tells no model of liability.");
        if (check.Sizes() && check.Calendar() && check.Payments())
        {
            check.Members();
            check.Times();
            check.Sums();
            check.Parts();
        }
        return [.. check.found];
    }

    private void Add(string path, string message) => found.Add(new LiabilityFault(path, message));

    private bool Sizes()
    {
        var sizes = new (string Path, int Count)[]
        {
            ("payments", facts.Payments.Length), ("members", facts.Members.Length), ("clockStops", facts.ClockStops.Length), ("holidays", facts.Holidays.Length),
            ("members", facts.Members.Select(m => m.Answers.Length).DefaultIfEmpty().Max()),
        };
        foreach (var (path, count) in sizes)
            if (count > Most)
                Add(path, $"At most {Most} are taken.");
        return found.Count == 0;
    }

    private bool Calendar()
    {
        var instants = facts.Payments.Select((p, i) => ($"payments[{i}].at", (Instant?)p.At)).Append(("at", facts.At)).Append(("reported.at", facts.Reported?.At))
            .Append(("papers.at", facts.Papers?.At)).Concat(facts.Members.SelectMany((m, i) => m.Answers.Select((a, k) => ($"members[{i}].answers[{k}].at", a.At))));
        var days = facts.Holidays.Select((d, i) => ($"holidays[{i}]", (DateOnly?)d))
            .Concat(facts.ClockStops.SelectMany((s, i) => new[] { ($"clockStops[{i}].from", (DateOnly?)s.From), ($"clockStops[{i}].to", s.To) }));
        var named = instants.Select(t => (Path: t.Item1, Day: t.Item2 is { } at ? DateOnly.FromDateTime(at.ToDateTimeOffset().UtcDateTime) : (DateOnly?)null))
            .Concat(days.Select(d => (Path: d.Item1, Day: d.Item2)));
        foreach (var (path, day) in named)
            if (day < Days.First || day > Days.Last)
                Add(path, $"It lies outside the years {Days.First.Year} to {Days.Last.Year}.");
        return found.Count == 0;
    }

    private bool Payments()
    {
        if (facts.Payments.IsEmpty) Add("payments", "There is no payment, and so no loss.");
        for (var i = 0; i < facts.Payments.Length; i++)
        {
            var payment = facts.Payments[i];
            var at = $"payments[{i}]";
            if (string.IsNullOrWhiteSpace(payment.Id)) Add($"{at}.id", "The payment has no id.");
            if (facts.Payments.Take(i).Any(p => p.Id == payment.Id)) Add($"{at}.id", $"'{payment.Id}' stands here twice.");
            if (payment.Amount.Currency != pack.Currency) Add($"{at}.amount", $"The pack {pack.Id} judges in {pack.Currency}.");
            if (payment.Amount.Minor is <= 0 or > MostMinor) Add($"{at}.amount", "A payment is more than nothing and at most 10,000,000,000,000.00.");
        }
        return found.Count == 0;
    }

    private void Members()
    {
        var last = facts.Payments.Max(p => p.At);
        for (var i = 0; i < facts.Members.Length; i++)
        {
            var member = facts.Members[i];
            if (facts.Members.Take(i).Any(m => m.Member == member.Member)) Add($"members[{i}].member", $"{member.Member} stands here twice.");
            for (var k = 0; k < member.Answers.Length; k++) Answer(member, member.Answers[k], k, $"members[{i}].answers[{k}]", last);
        }
    }

    private void Answer(LiableMember member, DutyAnswer answer, int index, string at, Instant last)
    {
        var moment = answer.At ?? last;
        if (pack.Find(answer.Duty, moment) is not { } duty)
            Add($"{at}.duty", pack.Duties.Any(d => d.Id == answer.Duty) ? $"'{answer.Duty}' was not in force at {moment}." : $"The pack {pack.Id} lists no duty '{answer.Duty}'.");
        else if (!duty.Owes.Sectors.Contains(member.Sector))
            Add($"{at}.duty", $"A member of sector {Words.Of(member.Sector)} does not owe '{answer.Duty}'.");
        if (member.Answers.Take(index).Any(a => a.Duty == answer.Duty && a.Link == answer.Link)) Add($"{at}.duty", $"'{answer.Duty}' is answered twice.");
        if (answer.Standing != Standing.Unknown && answer.Evidence.IsEmpty && answer.Link is null)
            Add($"{at}.evidence", $"'{Words.Of(answer.Standing)}' without a record that shows it is no answer.");
    }

    private void Times()
    {
        var first = facts.Payments.Min(p => p.At);
        if (facts.Payments.Any(p => p.At > facts.At)) Add("at", "The facts are judged before a payment was made.");
        foreach (var (path, told) in new[] { ("reported", facts.Reported), ("papers", facts.Papers) })
        {
            if (told is null) continue;
            if (told.At < first) Add($"{path}.at", "It lies before the first payment.");
            if (told.At > facts.At) Add($"{path}.at", "It lies after the instant of judging.");
        }
        if (facts is { Papers: { } papers, Reported: { } reported } && papers.At < reported.At) Add("papers.at", "The papers came before the report.");
        for (var i = 0; i < facts.ClockStops.Length; i++)
            if (facts.ClockStops[i].To < facts.ClockStops[i].From)
                Add($"clockStops[{i}].to", "The clock ran again before it was stopped.");
    }

    private void Sums()
    {
        var loss = facts.Payments.Sum(p => p.Amount.Minor);
        foreach (var (path, sum) in new[] { ("excess", facts.Excess), ("recovered", facts.Recovered) })
        {
            if (sum is null) continue;
            if (sum.Amount.Currency != pack.Currency) Add($"{path}.amount", $"The pack {pack.Id} judges in {pack.Currency}.");
            else if (sum.Amount.Minor < 0 || sum.Amount.Minor > loss) Add($"{path}.amount", "It is not less than nothing and not more than the loss.");
        }
    }

    /// <summary>Models that give a loss to somebody must know between whom the money went.</summary>
    private void Parts()
    {
        var last = facts.Payments.Max(p => p.At);
        if (pack.Liability.FirstOrDefault(t => t.Term.Covers(last)) is not { Model: not LiabilityModel.Findings } terms) return;
        for (var i = 0; i < facts.Payments.Length; i++)
        {
            Part(facts.Payments[i].Sending, $"payments[{i}].sending", needed: true);
            Part(facts.Payments[i].Receiving, $"payments[{i}].receiving", needed: terms.Model == LiabilityModel.Split);
        }
        if (terms.Model == LiabilityModel.Split && facts.Payments.Select(p => p.Sending).Distinct().Skip(1).Any())
            Add("payments", "A claim concerns one sending institution; state each other's payments in facts of their own.");
    }

    private void Part(MemberCode? code, string path, bool needed)
    {
        if (code is not { } named)
        {
            if (needed) Add(path, "Which institution it was must be told.");
        }
        else if (facts.Members.FirstOrDefault(m => m.Member == named) is not { } member)
            Add(path, $"{named} is not among the members of the facts.");
        else if (!LiabilityReader.CanBe(LiabilityParty.Sending, member.Sector))
            Add(path, $"{named} is of sector {Words.Of(member.Sector)} and takes no payments.");
    }
}
