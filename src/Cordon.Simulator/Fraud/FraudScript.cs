namespace Cordon.Simulator.Fraud;

/// <summary>
/// A kind of fraud: its code, how much it takes (yuan) and how victims tell of it. Places in the texts:
/// {phone}, {time}, {bank}, {tail} (last four digits of the payee), {amount} (yuan), {times} (in how many payments, where more than one), {domain}.
/// </summary>
internal sealed record FraudScript(string Code, int LeastYuan, int MostYuan, bool SendsLink, string[] Chinese, string[] English)
{
    public static readonly FraudScript[] All =
    [
        new("impersonated-authority", 40_000, 600_000, false,
            [
                "{time}我接到{phone}打来的电话，对方自称公安民警，说我涉嫌洗钱，要我把钱转到“安全账户”核查。我从{bank}{times}转了共{amount}元，对方账户尾号{tail}，之后联系不上，才知道被骗了。",
                "有人冒充检察院的人来电（{phone}），说不配合就要逮捕我，让我不要告诉家人。我按要求从{bank}转出{amount}元，收款账户尾号{tail}，时间是{time}。请尽快帮我止付。",
            ],
            [
                "At {time} a man calling from {phone} said he was a police officer and that I was suspected of money laundering. He made me move {amount} yuan from {bank}{times} to a \"safe account\" ending {tail}. Now nobody answers.",
                "A caller from {phone} claimed to be a prosecutor and told me to keep it secret. I paid {amount} yuan to the account ending {tail} at {time}. Please stop the money.",
            ]),
        new("fake-customer-service", 8_000, 160_000, true,
            [
                "{time}有自称购物平台客服的人用{phone}打给我，说我误开了会员，不取消每月扣费，让我打开{domain}操作。随后我{bank}的卡{times}转出{amount}元，对方尾号{tail}。",
                "客服来电{phone}说快递丢了要理赔，发来链接{domain}，我照做后钱就转走了，共{amount}元，收款账户尾号{tail}，{bank}。",
            ],
            [
                "Somebody from {phone} said he was customer service and that a subscription would charge me every month. I followed {domain} and {amount} yuan left my account at {bank}{times}, to an account ending {tail}, at {time}.",
                "A fake courier company promised a refund through {domain}. They called from {phone}. I lost {amount} yuan; the receiving account ends {tail}.",
            ]),
        new("brushing-rebate", 5_000, 120_000, true,
            [
                "对方电话{phone}拉我做刷单兼职，开始返了小钱，后来说要连做几单才能提现，我在{time}从{bank}{times}转了共{amount}元，收款尾号{tail}，网站是{domain}，现在提不出来。",
                "做任务返利被骗，平台{domain}，对方先用{phone}联系我，我垫付了{amount}元到尾号{tail}的账户，说我操作失误要继续充值。",
            ],
            [
                "I was offered easy work rating products on {domain} by a caller from {phone}. The first rebates came, then I had to pay in {amount} yuan{times} to an account ending {tail} and could take nothing out.",
            ]),
        new("fake-investment", 60_000, 900_000, true,
            [
                "{phone}打来电话推荐“老师带单”，让我在{domain}开户，我{time}从{bank}{times}入金共{amount}元，收款账户尾号{tail}，显示盈利但不能出金，要求再交保证金。",
                "投资理财被骗：平台{domain}，客服电话{phone}，转账{amount}元，收款尾号{tail}，今天网站打不开了。",
            ],
            [
                "An adviser calling from {phone} put me onto a trading site, {domain}. I paid in {amount} yuan from {bank}{times}, at {time}, to an account ending {tail}. The site shows a profit but will not pay out.",
            ]),
        new("fake-loan", 4_000, 60_000, true,
            [
                "我想办贷款，{phone}打来说我卡号填错资金被冻结，要交解冻费，我在{time}{times}转了共{amount}元到尾号{tail}，对方又让继续交，网址{domain}。",
            ],
            [
                "I asked for a loan on {domain}. A caller from {phone} said the money was frozen because of a wrong card number and wanted a fee. I paid {amount} yuan at {time} to an account ending {tail}.",
            ]),
        new("impersonated-acquaintance", 20_000, 400_000, false,
            [
                "{time}有人用{phone}打来自称我单位领导，说急用钱，先垫付，我从{bank}{times}转了{amount}元到尾号{tail}的账户，后来问本人才知道是假的。",
            ],
            [
                "Somebody calling from {phone} pretended to be my manager and needed money at once. I sent {amount} yuan from {bank} to the account ending {tail} at {time}. The real manager knows nothing of it.",
            ]),
    ];
}
