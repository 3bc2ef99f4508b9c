using System.Collections.Immutable;
using Cordon.Casework;
using Cordon.Casework.Leads;
using Cordon.Engine.Signals;
using Cordon.WebConsole.Shell;

namespace Cordon.WebConsole.Leads;

/// <summary>Leads as people read and write them.</summary>
internal static class LeadTexts
{
    /// <summary>What is owed next, as a clock says it.</summary>
    public static string Owed(Lead lead) => lead.State == LeadState.Sent ? "to acknowledge" : "to feed back";

    /// <summary>The same once the time is over.</summary>
    public static string Missed(Lead lead) => lead.State == LeadState.Sent ? "acknowledgement overdue" : "feedback overdue";

    /// <summary>Where a record is looked at; null where it is the sender's own, or the reader has no such page.</summary>
    public static string? LinkOf(string record, Actor actor)
    {
        if (record.Split(':', 2) is not [var kind, var id]) return null;
        return kind switch
        {
            "case" when Places.Cases.Audience.Any(actor.Is) => $"cases/{id}",
            "verdict" when Places.Verdicts.Audience.Any(actor.Is) => $"verdicts/{id}",
            "order" when Places.Orders.Audience.Any(actor.Is) => "orders",
            "indicator" when Places.Indicators.Audience.Any(actor.Is) => "indicators",
            "finding" when Places.Duties.Audience.Any(actor.Is) => "duties",
            _ => null,
        };
    }

    /// <summary>Where more is told of what a lead is about; null where the reader has no such page.</summary>
    public static string? LinkOf(LeadSubject subject, Actor actor) => subject.Kind switch
    {
        LeadSubjectKind.Member when Places.Members.Audience.Any(actor.Is) => $"members/{subject.Value}",
        LeadSubjectKind.Member or LeadSubjectKind.Trunk or LeadSubjectKind.Person => null,
        _ => Places.Verdicts.Audience.Any(actor.Is) ? $"verdicts?identifier={Uri.EscapeDataString(subject.Value)}" : null,
    };

    /// <summary>Reads what somebody wrote, parted by semicolons or spaces: each is taken for what its form says.</summary>
    public static ImmutableArray<LeadSubject> Read(string text) =>
        [.. text.Split([';', '；', ' ', '\n', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(One).Distinct()];

    /// <summary>As <see cref="Read"/> reads it.</summary>
    public static string Write(IEnumerable<LeadSubject> subjects) => string.Join("; ", subjects.Select(s => s.Kind == LeadSubjectKind.Trunk ? TrunkPrefix + s.Value : s.Value));

    private const string TrunkPrefix = "trunk:";

    private static LeadSubject One(string word)
    {
        if (word.StartsWith(TrunkPrefix, StringComparison.Ordinal)) return new LeadSubject(LeadSubjectKind.Trunk, word[TrunkPrefix.Length..]);
        if (word.StartsWith('+')) return new LeadSubject(LeadSubjectKind.Number, word);
        if (Device.TryParse(word, out var device)) return new LeadSubject(LeadSubjectKind.Device, device.ToString());
        if (AccountNumber.TryParse(word, out var account)) return new LeadSubject(LeadSubjectKind.Account, account.ToString());
        if (PersonToken.TryParse(word, out var person)) return new LeadSubject(LeadSubjectKind.Person, person.ToString());
        return new LeadSubject(word.Contains('.', StringComparison.Ordinal) ? LeadSubjectKind.Domain : LeadSubjectKind.Member, word);
    }
}
