//! The acts that every drill asks for, in the many words that reps have for them. A trainer lists a dozen ways to say
//! “I understand”; a signal group that names enough of an act's ways stands for the act, and the rest is added from here.

/// One act of a sales talk.
pub(super) struct Act {
    /// Ways to say it, lower case, between bars.
    ways: &'static str,
    /// Whether it is done by asking: its ways then count only in a sentence that puts something to the customer.
    pub(super) is_asked: bool,
}

impl Act {
    /// The ways to say it.
    pub(super) fn ways(&self) -> impl Iterator<Item = &'static str> {
        self.ways.split('|').map(str::trim)
    }
}

/// All acts.
pub(super) const ACTS: &[Act] = &[
    UNDERSTANDING,
    STARTER_PACK,
    RECOMMENDING,
    ASKING,
    TIME,
    STEP,
];

const UNDERSTANDING: Act = Act {
    is_asked: false,
    ways: "i understand|i do understand|i can understand|understand your|understand that|understand why|i hear you|i see why|i see your \
        point|i get it|i get that|i get your|totally get|get that you|i know that|i know it|i know 1 lakh|i know one lakh|sounds like a lot|fair point|fair enough|fair question|fair ask|fair \
        concern|is fair|valid point|valid concern|valid question|valid hai|genuine concern|makes sense|make sense|you are right|youre right|right to \
        ask|right to be|i respect|respect that|i appreciate|natural hai|its natural|it is natural|quite natural|only natural|anyone would|anybody \
        would|feel the same|in your place|aapki jagah|main bhi yahi|samajh sakta|samajhta hoon|samajh raha|samajh rahi|samajh rahe|samajh gaya|samajh aata|samajh mein aa|sahi \
        baat|baat sahi|bilkul sahi|sahi keh|sahi kaha|sahi bol|sahi soch|soch sahi|galat nahi|baat mein dum|jayaz|jaayaz|jaiz|wajib|chinta sahi|concern \
        sahi|samajhdari|samajhdaari|koi bhi yahi|theek keh|sach hai|sehmat|i agree|agree with you|good that you|good to be|achhi baat|acchi baat|achi \
        baat|sensible of you|wise to",
};

const STARTER_PACK: Act = Act {
    is_asked: false,
    ways: "1 lakh|one lakh|ek lakh|1 lac|one lac|ek lac|100000|lakh messages|lakh message|starter pack|starter package|starter plan|lakh pack|lakh \
        wala|lakh wale|1 lakhs",
};

const RECOMMENDING: Act = Act {
    is_asked: false,
    ways: "i suggest|i would suggest|i will suggest|id suggest|we suggest|my suggestion|mera suggestion|main suggest|suggest karunga|suggest \
        karta|suggest karenge|suggest kar raha|suggest kar rahi|i recommend|i would recommend|id recommend|we recommend|my recommendation|main recommend|recommend \
        karunga|recommend karta|recommend karenge|meri salah|meri rai|mera sujhav|mera sujhaav|my advice|i advise|i would advise|id advise|is \
        sensible|sensible start|sensible hai|sensible rahega|sahi rahega|theek rahega|behtar rahega|better rahega|best rahega|behtar hai|better hai|sahi \
        start|sahi shuruaat|right start|right starting|right place to start|proper start|natural start|start with 1|start with one|start with \
        the|start at|start from 1|starting with|starting at|begin with|begin at|begins at|go with 1|go with one|go with the|go for 1|lakh se start|lakh se \
        shuru|lakh se hi|lakh rakhiye|lakh rakhein|lakh lijiye|lakh minimum|lakh kijiye|lakh karein|lakh ka plan|lakh makes sense|lakh messages se|lakh pack \
        se|lakh wale pack se|se start karte|se shuru karte|se start kijiye|se shuru kijiye|se start karein|se shuru karein|se start karna|se shuru \
        karna|better use|best use|right size|sahi size|with 1 lakh you|with one lakh you|1 lakh gives|one lakh gives|1 lakh is the|one lakh is the|what \
        id do|what i would do|i would say|id say",
};

/// Putting something to the customer.
pub(super) const ASKING: Act = Act {
    is_asked: true,
    ways: "shall i|shall we|should i|should we|can i|can we|could i|could we|could you|can you|may i|would you|do you want|will you|is it okay|is it \
        ok|would it|would tomorrow|would today|what time|when can|when should|when would|kya main|kya mai|kya hum|kya aap|kya aaj|kya kal|kya \
        yeh|kis din|kis time|kitne baje|bataiye|batayenge|bataenge|bata sakte|bata dijiye|bata dein|bhej doon|bhejun|bhejoon|bhej \
        sakte|bhej denge|bhej doge|bhejenge|dikha doon|dikhaun|share karun|share kar doon|kar doon|kar loon|kar lein|kar lete hain|kar sakte \
        hain|dekh lein|dekh lete hain|dekhein|baat karein|milein|mil lein|mil lete|milte hain|mil sakte|rakhein|rakh lein|karein|karun|karoon|bana \
        doon|bana lein|milega|milegi|milenge|free for|free hain|free rahenge|are you free|suit you|suits you|works for you|work for you|okay for \
        you|chalega|theek rahega|sahi rahega|kaisa rahega|de sakte|denge",
};

const TIME: Act = Act {
    is_asked: true,
    ways: "today|tomorrow|tonight|this evening|this afternoon|this week|next week|aaj|kal|parso|subah|shaam|dopahar|raat|baje|pm|a m|o clock|minute|minutes|min|mins|half \
        an hour|monday|tuesday|wednesday|thursday|friday|saturday|sunday|weekend|somvar|mangalvar|budhvar|guruvar|shukravar|shanivar|ravivar|itwar|hafte|morning|evening",
};

const STEP: Act = Act {
    is_asked: true,
    ways: "plan|draft|sample|preview|list|call|phone|visit|meet|meeting|milne|milke|mil ke|proposal|quotation|details|photo|photos|report|invoice|page|sheet|note|message \
        likh|message ready|message bana|message ka|design",
};
