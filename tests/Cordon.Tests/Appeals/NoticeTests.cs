using System.Text;
using Cordon.Casework.Appeals;
using Cordon.Casework.Documents;
using Cordon.Casework.Duties;
using Cordon.Casework.Orders;
using Cordon.Casework.Packs;
using Cordon.Engine.Signals;
using Cordon.Tests.Orders;
using Cordon.Tests.Storage;
using static Cordon.Tests.Orders.OrderCentre;

namespace Cordon.Tests.Appeals;

/// <summary>What people are told whom an order hits.</summary>
public sealed class NoticeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task A_stop_and_a_freeze_that_go_out_have_a_notice_each_and_a_draft_has_none(Provider provider)
    {
        await using var centre = await OpenAsync(provider);
        var desk = Desk(centre);
        var draft = await centre.DraftedAsync();
        await centre.Orders.IssueAsync(Li, draft.Id, Basis, Cancel);
        Assert.Empty(await desk.NoticesAsync(Office, draft.Id));
        await centre.Orders.ApproveAsync(Wang, draft.Id, Cancel);
        var notice = Assert.Single(await desk.NoticesAsync(Clerk(draft.Member), draft.Id));
        Assert.Equal(("T-2026-000001", draft.Member), (notice.Number, notice.Member));
        foreach (var part in new[] { "限制措施告知书 T-2026-000001", "指令：" + draft.Number, "账户m", "48,000.00 CNY", "48小时", "法律依据：" + Basis, "救济：", "1. 本人有效身份证件", "如何申诉：", "向成员" })
            Assert.Contains(part, notice.TextZh, StringComparison.Ordinal);
        foreach (var part in new[] { "Notice of a restriction T-2026-000001", "account m", "48 hours", "Legal basis: " + Basis, "Remedy: ", "Papers to bring:\n1. Your identity card", "How to appeal: If you think it wrong, appeal to bank-b" })
            Assert.Contains(part, notice.TextEn, StringComparison.Ordinal);
        Assert.DoesNotContain('{', notice.TextZh + notice.TextEn);
        Assert.Empty(await desk.NoticesAsync(Clerk(MemberCode.Parse("bank-a")), draft.Id));
        Assert.Null(await desk.NoticeAsync(Clerk(MemberCode.Parse("bank-a")), notice.Id));

        var stop = await centre.HoldAsync(await centre.FindAsync(draft.Id), 48_000_00);
        var freeze = (await centre.Orders.IssueByTwoAsync(Li, (await centre.Orders.ProposeFreezeAsync(Office, stop.Id, Cancel)).Value.Id, Basis, Cancel)).Value;
        Assert.Contains("6 months", Assert.Single(await desk.NoticesAsync(Office, freeze.Id)).TextEn, StringComparison.Ordinal);
        Assert.Single(await desk.NoticesAsync(Office, stop.Id));
    }

    [Fact]
    public async Task A_notice_is_drawn_as_a_pdf_and_without_a_font_it_says_so()
    {
        await using var centre = await OpenAsync();
        var draft = await centre.DraftedAsync();
        await centre.Orders.IssueByTwoAsync(Li, draft.Id, Basis, Cancel);
        var notice = Assert.Single(await Desk(centre).NoticesAsync(Office, draft.Id));
        Assert.Equal("notice/not-found", (await Desk(centre).PdfAsync(Clerk(MemberCode.Parse("bank-a")), notice.Id)).Refusal!.Code);
        Assert.Equal("notice/no-font", (await Desk(centre, "/no/such/font.ttc").PdfAsync(Office, notice.Id)).Refusal!.Code);
        // A font without Chinese would draw boxes: that is no notice either.
        const string latin = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf";
        if (File.Exists(latin)) Assert.Equal("notice/no-font", (await Desk(centre, latin).PdfAsync(Office, notice.Id)).Refusal!.Code);
        Assert.SkipWhen(DocumentPdf.FindFont(null) is null, "No font that shows Chinese (./test installs fonts-noto-cjk).");
        var pdf = (await Desk(centre).PdfAsync(Office, notice.Id)).Value;
        Assert.Equal("%PDF", Encoding.ASCII.GetString(pdf, 0, 4));
        Assert.InRange(pdf.Length, 2_000, 2_000_000);
        Assert.Equal(pdf.Length, (await Desk(centre).PdfAsync(Office, notice.Id)).Value.Length);
        var kept = Directory.CreateDirectory(Path.Combine(RepositoryFolder.Root, "artifacts", "notices")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(kept, "notice.pdf"), pdf, Cancel);
    }

    [Fact]
    public async Task A_freeze_leaves_for_living_what_the_pack_says()
    {
        var texts = ShippedOrders.Notices with
        {
            Subsistence = ShippedOrders.Notices.Subsistence.Add((OrderKind.Freeze, Currency.Cny), new Subsistence(Yuan(2_000_00), new DutySource(null, null, SourceTier.Ours, null, new Wording("测", "Test")))),
        };
        await using var centre = await OpenAsync();
        var desk = new OrderDesk(centre.Store, ShippedOrders.Competence, ShippedOrders.Clocks, texts);
        var stop = await centre.HoldAsync((await centre.Orders.IssueByTwoAsync(Li, (await centre.DraftedAsync()).Id, Basis, Cancel)).Value, 3_120_55);
        var freeze = (await desk.ProposeFreezeAsync(Office, stop.Id, Cancel)).Value;
        Assert.Equal((1_120_55L, stop.Id), (freeze.AmountMinor, freeze.Follows));
        await desk.ActAsync(Office, freeze.Id, new WithdrawOrder("Anew."), Cancel);
        var all = new OrderDesk(centre.Store, ShippedOrders.Competence, ShippedOrders.Clocks, texts with { Subsistence = texts.Subsistence.SetItem((OrderKind.Freeze, Currency.Cny), new Subsistence(Yuan(3_120_55), texts.Subsistence.Values.First().Source)) });
        Assert.Equal("order/for-living", (await all.ProposeFreezeAsync(Office, stop.Id, Cancel)).Refusal!.Code);
        // Mainland China's pack sets no sum, since no text read sets one.
        Assert.Equal(3_120_55, (await centre.Orders.ProposeFreezeAsync(Office, stop.Id, Cancel)).Value.AmountMinor);
    }

    [Fact]
    public void Texts_with_faults_are_refused_whole_with_all_of_them_at_their_lines()
    {
        const string yaml = """
            notices: x
            instruments:
              - { id: law, title: { zh-CN: 法, en: Law }, where: here }
            title: { zh-CN: 告知, en: Notice }
            appeal: { zh-CN: 申诉, en: "Appeal to {nobody}" }
            remedy: { zh-CN: 救济 }
            kinds:
              - { kind: enquiry, reason: { zh-CN: 因, en: Why }, documents: [{ zh-CN: 证, en: Card }], source: { instrument: law, tier: law, mark: P } }
              - { kind: freeze, reason: { zh-CN: 因, en: Why }, documents: [], source: { tier: ours } }
            subsistence:
              - { kind: stopPayment, leaveMinor: 0, currency: yuan, source: { instrument: law, tier: law, mark: P } }
            """;
        var faults = new PackFaults("notices.yaml");
        Assert.Null(NoticeTextReader.Read(yaml, faults));
        (int, DutyPackFaultKind)[] wanted =
        [
            (5, DutyPackFaultKind.UnknownReference), (6, DutyPackFaultKind.Missing), (8, DutyPackFaultKind.Contradiction), (9, DutyPackFaultKind.Missing),
            (11, DutyPackFaultKind.Contradiction), (11, DutyPackFaultKind.OutOfRange), (11, DutyPackFaultKind.UnknownWord),
        ];
        foreach (var fault in wanted) Assert.Contains(fault, faults.Found.Select(f => (f.Line, f.Kind)));
    }

    private static AppealDesk Desk(OrderCentre centre, string? font = null) => new(centre.Store, centre.Orders, new AppealOptions { NoticeFile = ShippedOrders.NoticeFile, FontFile = font });
}
