using Cordon.Casework.Reports;
using Cordon.Engine.Signals;
using CsCheck;

namespace Cordon.Tests.Reports;

public sealed class ReportDuplicatesTests
{
    private static readonly PhoneNumber Phone = new(8613800138000);
    private static readonly PhoneNumber Husband = new(8613900139000);

    [Fact]
    public void One_transfer_told_of_in_two_reports_is_one_loss_whatever_else_is_told()
    {
        var found = Assert.Single(ReportDuplicates.Of(
            Report(1, Phone, Loss("t1", "bank-a:1", "b:1", 100, 0)), [Report(2, Husband, Loss("t1", "bank-a:1", "b:2", 999, 90))]));
        Assert.Equal([DuplicateReason.SameTransfer], found.Reasons);
        Assert.Equal((Id(2), 0, 0, TimeSpan.FromHours(90)), (found.Other, found.Loss, found.OtherLoss, found.Apart));
    }

    [Fact]
    public void The_same_victim_amount_and_time_are_one_loss()
    {
        Assert.Equal([DuplicateReason.SamePhone], Assert.Single(ReportDuplicates.Of(Report(1, Phone, Loss(null, null, null, 100, 0)), [Report(2, Phone, Loss(null, null, null, 100, 12))])).Reasons);
        Assert.Equal([DuplicateReason.SamePayer], Assert.Single(ReportDuplicates.Of(Report(1, Phone, Loss(null, "bank-a:1", null, 100, 0)), [Report(2, Husband, Loss("t", "bank-a:1", "b:1", 100, 3))])).Reasons);
        Assert.Equal(
            [DuplicateReason.SameTransfer, DuplicateReason.SamePhone, DuplicateReason.SamePayer],
            Assert.Single(ReportDuplicates.Of(Report(1, Phone, Loss("t", "bank-a:1", "b:1", 100, 0)), [Report(2, Phone, Loss("t", "bank-a:1", "b:1", 100, 0))])).Reasons);
    }

    [Fact]
    public void Another_victim_amount_time_receipt_or_payee_is_another_loss()
    {
        var mine = Report(1, Phone, Loss("t1", "bank-a:1", "b:1", 100, 0));
        Assert.Empty(ReportDuplicates.Of(mine, [Report(2, Husband, Loss(null, null, "b:1", 100, 0))]));
        Assert.Empty(ReportDuplicates.Of(mine, [Report(2, Phone, Loss(null, "bank-a:1", "b:1", 101, 0))]));
        Assert.Empty(ReportDuplicates.Of(mine, [Report(2, Phone, Loss(null, "bank-a:1", "b:1", 100, 13))]));
        Assert.Empty(ReportDuplicates.Of(mine, [Report(2, Phone, Loss("t2", "bank-a:1", "b:1", 100, 0))]));
        Assert.Empty(ReportDuplicates.Of(mine, [Report(2, Phone, Loss(null, "bank-a:1", "b:2", 100, 0))]));
        Assert.Empty(ReportDuplicates.Of(mine, [Report(2, Phone, Loss(null, "bank-a:2", "b:1", 100, 0))]));
        Assert.Empty(ReportDuplicates.Of(mine, [mine]));
        Assert.Empty(ReportDuplicates.Of(Report(1, null, Loss(null, null, null, 100, 0)), [Report(2, null, Loss(null, null, null, 100, 0))]));
    }

    [Fact]
    public void The_wider_memory_of_the_two_reports_holds()
    {
        var mine = Report(1, Phone, Loss(null, null, null, 100, 0));
        var other = Report(2, Phone, Loss(null, null, null, 100, 20));
        Assert.Empty(ReportDuplicates.Of(mine, [other]));
        Assert.Single(ReportDuplicates.Of(mine, [other with { Memory = TimeSpan.FromHours(24) }]));
    }

    [Fact]
    public void Two_equal_payments_reported_twice_are_two_losses()
    {
        var mine = Report(1, Phone, Loss(null, "bank-a:1", null, 100, 0), Loss(null, "bank-a:1", null, 100, 2));
        var other = Report(2, Phone, Loss(null, "bank-a:1", null, 100, 2), Loss(null, "bank-a:1", null, 100, 0));
        Assert.Equal([(0, 1), (1, 0)], ReportDuplicates.Of(mine, [other]).Select(d => (d.Loss, d.OtherLoss)));
        Assert.Single(ReportDuplicates.Of(mine, [other with { Losses = other.Losses[..1] }]));
    }

    [Fact]
    public void Two_reports_are_duplicates_of_each_other_or_of_neither() => Gen.Select(Reports, Reports).Sample((a, b) =>
    {
        var (mine, other) = (a with { Id = Id(1) }, b with { Id = Id(2) });
        var (there, back) = (ReportDuplicates.Of(mine, [other]), ReportDuplicates.Of(other, [mine]));
        return there.IsEmpty == back.IsEmpty
            && there.Select(d => d.Loss).Distinct().Count() == there.Length && there.Select(d => d.OtherLoss).Distinct().Count() == there.Length;
    });

    private static readonly Gen<ToldLosses> Reports =
        from phone in Gen.Int[0, 2]
        from losses in Gen.Select(Gen.Int[0, 3], Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[1, 2], Gen.Int[0, 20]).Array[1, 4]
        select Report(
            0, phone switch { 0 => null, 1 => Phone, _ => Husband },
            [.. losses.Select(l => Loss(l.Item1 == 0 ? null : $"t{l.Item1}", l.Item2 == 0 ? null : $"bank-a:{l.Item2}", l.Item3 == 0 ? null : $"b:{l.Item3}", l.Item4, l.Item5))]);

    private static ToldLosses Report(int id, PhoneNumber? phone, params ReportedLoss[] losses) => new(Id(id), phone, [.. losses], ReportDuplicates.UsualMemory);

    private static Guid Id(int id) => new(id, 0, 0, new byte[8]);

    private static ReportedLoss Loss(string? transfer, string? payer, string? payee, long minor, int hour) => new(
        transfer is null ? null : new SignalId(transfer), null, payer is null ? null : AccountNumber.Parse(payer), payee is null ? null : AccountNumber.Parse(payee),
        new Amount(minor, Currency.Cny), Start + TimeSpan.FromHours(hour));

    private static readonly Instant Start = Cordon.Tests.Reports.Told.At("2026-03-08 00:00");
}
