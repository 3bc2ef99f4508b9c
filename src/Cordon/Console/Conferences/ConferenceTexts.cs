using System.Globalization;
using Cordon.Casework.Conferences;

namespace Cordon.WebConsole.Conferences;

/// <summary>What people read of conferences.</summary>
internal static class ConferenceTexts
{
    public static string Tasks(Conference of)
    {
        var (open, late) = (of.Tasks.Count(t => t.AcceptedAt is null), of.Tasks.Count(t => t is { DoneAt: null, OverdueAt: not null }));
        return of.Tasks.IsEmpty ? "none" : open == 0 ? "all done" : late == 0 ? Whole(open) + " open" : $"{Whole(open)} open, {Whole(late)} overdue";
    }

    public static string Votes(Resolution of) => $"{Whole(of.Count(VoteKind.For))} for, {Whole(of.Count(VoteKind.Against))} against, {Whole(of.Count(VoteKind.Abstain))} abstaining";

    /// <summary>Where a record stands that put an item on the agenda; null where none did.</summary>
    public static string? LinkOf(AgendaItem item) => item.Source.Split(':') is not [var kind, var id] ? null : kind switch
    {
        "rectification" => "rectifications/" + id,
        "conference" => "conferences/" + id,
        "ladder" => "ladder",
        "plan" => "objectives",
        _ => null,
    };

    private static string Whole(int n) => n.ToString("N0", CultureInfo.InvariantCulture);
}
