using Cordon.Casework.Controls;
using Cordon.Casework.Rectifications;
using Cordon.Casework.Rectifications.Ladder;
using Cordon.Commands.Assess;
using Cordon.Simulator.Year;
using Cordon.Tests.Duties;

namespace Cordon.Tests.Program;

/// <summary>A year whose truth is known, judged by the rules of the server.</summary>
public sealed class AssessYearTests
{
    private static readonly AssessPacks Packs = new(
        ControlPlan.Load(ShippedPack.PathOf("packs", "cn", "controls.yaml"), ShippedPack.Cn), LadderPack.Load(ShippedPack.PathOf("packs", "cn", "ladder.yaml")));

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public void Planted_loopholes_are_found_at_their_owners_and_closed_only_when_they_are_mended(ulong seed)
    {
        var year = Live(seed);
        Assert.InRange(year.Planted, 12, 40);
        Assert.InRange(year.Recall, 0.95, 1);
        Assert.InRange(year.Precision, 0.95, 1);
        Assert.Equal((0, 0, 0), (year.WithoutEvidence, year.ClosedWhileOpen, year.LeftOpenUnwatched));
        Assert.Equal(year.Relapses, year.RelapsesFound);
        // What is said on paper alone is refuted each time, and leads up the ladder.
        Assert.All(year.Loopholes.Where(l => l.Manner == YearManner.PaperOnly), l => Assert.True(l.OpenAtEnd && l.State != RectificationState.Mended));
        Assert.Contains("Criticism", year.Steps.Keys);
        Assert.Contains("Listing", year.Steps.Keys);
    }

    [Fact]
    public void The_same_seed_gives_the_same_events_and_another_seed_others()
    {
        var first = Live(21);
        Assert.Equal(first.Log, Live(21).Log);
        Assert.NotEqual(first.Log, Live(22).Log);
    }

    private static AssessReport Live(ulong seed) => new AssessYear(seed, Packs).Run(static _ => { }, TestContext.Current.CancellationToken);
}
